import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areTooSmall, placeholderCount, requestsNothing } from '../../../src/plan/room/placeholder-count.ts';

const pod = (cpu?: string, memory?: string) => ({
  containers: [{ name: 'app', resources: { requests: { ...(cpu && { cpu }), ...(memory && { memory }) } } }],
});

test.each([
  ['as much as a pod', pod('500m', '1Gi'), 10],
  ['more than a pod', pod('2', '4Gi'), 10],
  ['half the cpu', pod('250m', '1Gi'), 20],
  ['two thirds of the memory', pod('500m', '683Mi'), 15],
  ['a hundredth', pod('5m', '10Mi'), 40],
  ['no memory', pod('500m'), 40],
  ['what nobody knows', undefined, 10],
])('ten pods of 500m and 1Gi are kept room for by placeholders that request %s', (_, placeholder, count) => {
  expect(placeholderCount(10, { pod: pod('500m', '1Gi'), placeholder })).toBe(count);
});

describe('placeholders', () => {
  test('are not too small for pods that request less of everything, or whose requests are not known', () => {
    expect(areTooSmall(pod('500m', '1Gi'), pod('500m', '1Gi'))).toBe(false);
    expect(areTooSmall(pod('501m', '1Gi'), pod('500m', '1Gi'))).toBe(true);
    expect(areTooSmall(undefined, pod('1m'))).toBe(false);
  });

  test.each([
    [pod(), true],
    [pod('1m'), false],
    [pod(undefined, '1Mi'), false],
    [undefined, false],
  ])('of %j request nothing: %s', (shape, nothing) => {
    expect(requestsNothing(shape)).toBe(nothing);
  });

  test('request together at least what the pods request, up to four for one, and are never fewer', () => {
    const milli = fc.integer({ min: 0, max: 4000 });
    fc.assert(
      fc.property(fc.nat(1_000_000), milli, milli, (pods, needed, each) => {
        const count = placeholderCount(pods, { pod: pod(`${needed}m`), placeholder: pod(`${each}m`) });
        expect(Number.isSafeInteger(count)).toBe(true);
        expect(count).toBeGreaterThanOrEqual(pods);
        expect(count).toBeLessThanOrEqual(4 * pods);
        if (each * 4 >= needed) expect(count * each).toBeGreaterThanOrEqual(pods * needed - 1e-3 * pods);
      }),
      { seed: 13, numRuns: 200 },
    );
  });
});
