import { describe, expect, test } from 'vitest';
import { createTraffic, drawSale, surgeShape } from '../../src/simulate/traffic.ts';

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.parse('2026-11-02T00:00:00Z');
const ordinary = { seed: 1, meanPerSecond: 100, utcOffsetMs: 0, since: monday, sales: [] };
const drop = {
  start: monday + 20 * hour,
  end: monday + 22 * hour,
  peakRatio: 8,
  rampSeconds: 90,
  decaySeconds: 1500,
  plateauShare: 0.4,
};

describe('ordinary traffic', () => {
  const traffic = createTraffic(ordinary);
  const meanOf = (from: number, until: number) => {
    let sum = 0;
    let count = 0;
    for (let t = from; t < until; t += 60_000, count++) sum += traffic.base(t);
    return sum / count;
  };

  test('has the stated mean over a week', () => {
    expect(meanOf(monday, monday + 7 * day)).toBeGreaterThan(97);
    expect(meanOf(monday, monday + 7 * day)).toBeLessThan(103);
  });

  test('sleeps at four and is busiest after dinner', () => {
    expect(meanOf(monday + 20 * hour, monday + 21 * hour)).toBeGreaterThan(
      5 * meanOf(monday + 4 * hour, monday + 5 * hour),
    );
  });

  test('follows the clock on the wall', () => {
    const berlin = createTraffic({ ...ordinary, utcOffsetMs: hour });
    const shift = berlin.base(monday + 3 * hour) / traffic.base(monday + 4 * hour);
    expect(shift).toBeGreaterThan(0.75);
    expect(shift).toBeLessThan(1.3);
  });

  test('is the same for the same seed, in whatever order it is asked', () => {
    const again = createTraffic(ordinary);
    const later = again.base(monday + day);
    expect([again.base(monday), later]).toEqual([traffic.base(monday), traffic.base(monday + day)]);
  });

  test('is another for another seed', () => {
    expect(createTraffic({ ...ordinary, seed: 2 }).base(monday)).not.toBe(traffic.base(monday));
  });
});

describe('a sale', () => {
  test.each([
    { seconds: -151, share: 0 },
    { seconds: -75, share: 0.015 },
    { seconds: 45, share: 0.515 },
    { seconds: 90, share: 1 },
    { seconds: 90 + 1500, share: 0.4 + 0.6 / Math.E },
    { seconds: 7200 + 3601, share: 0 },
  ])('has $share of its surge $seconds s after the start', ({ seconds, share }) => {
    expect(surgeShape(drop, drop.start + seconds * 1000)).toBeCloseTo(share, 5);
  });

  test('brings its multiple of the ordinary day on top of it', () => {
    const traffic = createTraffic({ ...ordinary, sales: [drop] });
    const peak = drop.start + 90_000;
    expect(traffic.extra(peak) / traffic.base(peak)).toBeCloseTo(7, 5);
    expect(traffic.extra(drop.start - hour)).toBe(0);
  });

  test('turns out between three and ten times, whatever was stated', () => {
    const ratios = Array.from({ length: 200 }, (_, seed) => drawSale(seed, { ...drop, peakRatio: 8 }).peakRatio);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...ratios)).toBeLessThanOrEqual(10);
    expect(new Set(ratios).size).toBeGreaterThan(100);
  });
});
