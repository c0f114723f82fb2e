import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rampMs, rampShare, rampTimes } from '../../src/plan/ramp-up.ts';

const percent = (percentPerMinute: number) => ({ rampUp: { percentPerMinute } });
const steps = (count: number, everySeconds: number) => ({ rampUp: { steps: count, everySeconds } });
const fullAt = 10_000_000;
const ramp = fc.oneof(
  fc.integer({ min: 2, max: 100 }).map(percent),
  fc
    .tuple(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 10, max: 3600 }))
    .map(([count, every]) => steps(count, every)),
);

describe('a ramp', () => {
  test.each<
    [string, { rampUp?: { percentPerMinute?: number; steps?: number; everySeconds?: number } }, number, number]
  >([
    ['none: all at once', {}, 600_000, 1],
    ['of 25 % a minute, four minutes before', percent(25), 240_000, 0],
    ['of 25 % a minute, three minutes before', percent(25), 180_000, 0.25],
    ['of 25 % a minute, a second less', percent(25), 179_000, 0.25],
    ['of 25 % a minute, a minute before', percent(25), 60_000, 0.75],
    ['of 25 % a minute, when it is due', percent(25), 0, 1],
    ['of 30 % a minute, a minute before', percent(30), 60_000, 0.9],
    ['of five steps, two of them left', steps(5, 120), 240_000, 0.6],
    ['that is late by half', steps(4, 60), 90_000, 0.5],
  ])('%s', (_, spec, beforeMs, share) => {
    expect(rampShare(spec, fullAt - beforeMs, fullAt)).toBeCloseTo(share, 9);
  });

  test('takes as long as its steps', () => {
    expect(rampMs({})).toBe(0);
    expect(rampMs(percent(100))).toBe(0);
    expect(rampMs(percent(25))).toBe(180_000);
    expect(rampMs(steps(5, 120))).toBe(480_000);
    expect(rampTimes(steps(3, 60), fullAt)).toEqual([fullAt - 120_000, fullAt - 60_000, fullAt]);
  });

  test('never falls, gives something from its first step on, nothing before, and all at its end', () => {
    fc.assert(
      fc.property(ramp, fc.nat({ max: 200_000_000 }), fc.nat({ max: 60_000 }), (spec, beforeMs, laterMs) => {
        const now = fullAt - beforeMs;
        const share = rampShare(spec, now, fullAt);
        expect(rampShare(spec, now + laterMs, fullAt)).toBeGreaterThanOrEqual(share);
        expect(share > 0).toBe(beforeMs <= rampMs(spec));
        expect(rampShare(spec, fullAt, fullAt)).toBe(1);
      }),
    );
  });
});
