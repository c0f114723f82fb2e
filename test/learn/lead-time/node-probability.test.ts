import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeProbability } from '../../../src/learn/lead-time/node-probability.ts';

const saw = (added: number, neededNodes: boolean, times = 1) =>
  Array.from({ length: times }, () => ({ added, neededNodes }));

describe('the probability that a raise needs nodes', () => {
  test('is small for a raise as large as those that found room', () => {
    expect(nodeProbability(saw(20, false, 10), 20)).toBeLessThan(0.05);
  });

  test('is large for a raise as large as those that needed nodes', () => {
    expect(nodeProbability([...saw(30, true, 6), ...saw(3, false, 6)], 30)).toBeGreaterThan(0.9);
  });

  test('is between where raises of its size did both', () => {
    const probability = nodeProbability([...saw(10, true, 10), ...saw(10, false, 10)], 10);
    expect(probability).toBeGreaterThan(0.4);
    expect(probability).toBeLessThan(0.6);
  });

  test('grows beyond what was seen', () => {
    const evidence = [...saw(4, false, 10), ...saw(12, true, 1)];
    expect(nodeProbability(evidence, 40)).toBeGreaterThan(nodeProbability(evidence, 4) + 0.4);
  });

  test('is never smaller for more replicas', () => {
    const size = fc.integer({ min: 0, max: 1_000_000 });
    const evidence = fc.array(fc.record({ added: size, neededNodes: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(evidence, size, size, (seen, one, other) => {
        const [less, more] = one <= other ? [one, other] : [other, one];
        const [low, high] = [nodeProbability(seen, less), nodeProbability(seen, more)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high + 1e-9);
      }),
    );
  });
});
