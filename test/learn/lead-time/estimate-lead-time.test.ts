import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateLeadTime, nodeLeadTime } from '../../../src/learn/lead-time/estimate-lead-time.ts';
import type { ScaleUp } from '../../../src/learn/lead-time/scale-up.ts';

/** Finished scale-ups that found room, each of 10 replicas. */
const seen = (...seconds: readonly number[]): readonly ScaleUp[] =>
  seconds.map(each => ({ added: 10, seconds: each, neededNodes: false }));
const fast = seen(38, 41, 44, 40, 43, 39);

describe('the estimate of a lead time', () => {
  test('is what is stated while nothing was seen', () => {
    expect(estimateLeadTime([], 10, 90)).toMatchObject({ seconds: 90, source: 'Stated', count: 0 });
  });

  test('is longer than what is stated after a single slow scale-up', () => {
    const { seconds, source } = estimateLeadTime(seen(200), 10, 90);
    expect(seconds).toBeGreaterThan(200);
    expect(source).toBe('Measured');
  });

  test.each([
    ['after five scale-ups', fast.slice(1), 10, 90],
    ['for a raise above twice the largest one seen', fast, 21, 90],
    ['while one of them never became ready', [...fast, { added: 3 }], 10, 90],
  ])('is not shorter than what is stated %s', (_, scaleUps, added, stated) => {
    expect(estimateLeadTime(scaleUps, added, stated)).toMatchObject({ seconds: stated, source: 'Stated' });
  });

  test.each([10, 20])('is shorter than what is stated after six scale-ups, for %d replicas', added => {
    const { seconds, source } = estimateLeadTime(fast, added, 90);
    expect(seconds).toBeGreaterThan(44);
    expect(seconds).toBeLessThan(90);
    expect(source).toBe('Measured');
  });

  test('leaves the creation of the pods to the wave: 200 of them at 20 per second', () => {
    const many = Array.from({ length: 8 }, () => ({ added: 200, seconds: 40, neededNodes: false }));
    expect(estimateLeadTime(many, 200, 90).seconds).toBeLessThan(
      estimateLeadTime(seen(...Array(8).fill(40)), 10, 90).seconds,
    );
  });

  test('counts the time of nodes for a raise that will need them, and not for a small one', () => {
    const scaleUps = [
      ...Array.from({ length: 8 }, (_, index) => ({ added: 3, seconds: 38 + index, neededNodes: false })),
      ...Array.from({ length: 8 }, (_, index) => ({ added: 30, seconds: 160 + index, neededNodes: true })),
    ];
    expect(estimateLeadTime(scaleUps, 30, 90).seconds).toBeGreaterThan(170);
    expect(estimateLeadTime(scaleUps, 3, 90).seconds).toBeLessThan(90);
  });

  test('takes what is stated for a raise that finds room, where none was seen that did', () => {
    const slow = Array.from({ length: 6 }, (_, index) => ({ added: 30, seconds: 160 + index, neededNodes: true }));
    expect(estimateLeadTime(slow, 1, 300).seconds).toBe(300);
  });

  test('holds for scale-ups of one replica only: a large raise stays at what is stated', () => {
    const single = fast.map(one => ({ ...one, added: 1 }));
    expect(estimateLeadTime(single, 40, 90).seconds).toBeGreaterThanOrEqual(90);
  });

  test('is a time from 1 s to a day, whatever was recorded', () => {
    const scaleUp = fc.record({
      added: fc.integer({ min: 1, max: 100_000 }),
      seconds: fc.integer({ min: 0, max: 86_400 }),
      neededNodes: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(scaleUp, { maxLength: 20 }), fc.integer({ min: 0, max: 100_000 }), (scaleUps, added) => {
        const { seconds, count } = estimateLeadTime(scaleUps, added, 90);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(86_400);
        if (count < 6) expect(seconds).toBeGreaterThanOrEqual(90);
      }),
    );
  });

  test('does not depend on the order of the scale-ups', () => {
    const times = fc.array(fc.integer({ min: 10, max: 400 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(times, list => {
        const estimate = estimateLeadTime(seen(...list), 10, 90).seconds;
        expect(Math.abs(estimateLeadTime(seen(...list.toReversed()), 10, 90).seconds - estimate)).toBeLessThanOrEqual(
          1,
        );
      }),
    );
  });
});

describe('the time of a raise that needs nodes', () => {
  const waited = (...seconds: readonly number[]): readonly ScaleUp[] =>
    seconds.map(each => ({ added: 10, seconds: each, neededNodes: true }));
  const slow = waited(160, 171, 164, 168, 162, 175);

  test('is what is stated while none was seen, whatever raises with room took', () => {
    expect(nodeLeadTime(fast, 10, 90)).toEqual({ seconds: 90, source: 'Stated' });
  });

  test('rests on the scale-ups that needed some, and a single slow one makes it longer', () => {
    const { seconds, source } = nodeLeadTime([...fast, ...slow], 10, 90);
    expect(source).toBe('Measured');
    expect(seconds).toBeGreaterThan(170);
    expect(seconds).toBeLessThan(220);
    expect(nodeLeadTime(waited(170), 10, 90).seconds).toBeGreaterThan(170);
  });

  test.each([
    ['from six on', slow, 10, true],
    ['not from five', slow.slice(1), 10, false],
    ['not for more than twice the largest', slow, 21, false],
    ['not while one was never ready', [...slow, { added: 3 }], 10, false],
  ])('is shorter than what is stated %s', (_, scaleUps, added, isShorter) => {
    expect(nodeLeadTime(scaleUps, added, 600).seconds < 600).toBe(isShorter);
  });
});
