import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../forecasts/index.ts';
import { judgeFold } from '../../../src/review/accuracy/judge-fold.ts';
import { targetAccuracy } from '../../../src/review/accuracy/target-accuracy.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 20);

/** A day by the hour: P50 is 100, P95 is 120. */
function forecastFrom(origin: number): Forecast {
  const values = (value: number) => new Array<number>(24).fill(value);
  return {
    model: 'flat',
    start: origin,
    stepSeconds: 3600,
    point: values(100),
    quantiles: [
      { level: 0.5, values: values(100) },
      { level: 0.95, values: values(120) },
    ],
  };
}

/** The judged day after `day`, where `demandAt` gives the demand of each hour. */
function dayOf(day: number, demandAt: (hour: number) => number | null) {
  const origin = start + day * 24 * hourMs;
  const values = Array.from({ length: 24 }, (_, hour) => demandAt(hour));
  return judgeFold(origin, forecastFrom(origin), { start: origin, stepSeconds: 3600, values });
}

describe('the accuracy of a target', () => {
  test('is that of all measured steps, by the hours ahead', () => {
    // 80 in the first hour, 110 in the next five, 125 in the rest.
    const days = [0, 1, 2].map(day => dayOf(day, hour => (hour < 1 ? 80 : hour < 6 ? 110 : 125)));
    const accuracy = targetAccuracy(days);
    expect(accuracy?.days).toBe(3);
    expect(accuracy?.until).toBe('2026-11-23T00:00:00Z');
    expect(accuracy?.horizons).toEqual([
      { hours: 1, wapePercent: 25, biasPercent: 25, medianCoveragePercent: 100, coveragePercent: 100 },
      expect.objectContaining({ hours: 6, medianCoveragePercent: 0, coveragePercent: 100 }),
      { hours: 24, wapePercent: 20, biasPercent: -20, medianCoveragePercent: 0, coveragePercent: 0 },
    ]);
    expect(accuracy?.wapePercent).toBeCloseTo((100 * (20 + 50 + 18 * 25)) / (80 + 550 + 18 * 125));
    expect(accuracy?.biasPercent).toBeCloseTo((100 * (20 - 50 - 18 * 25)) / (80 + 550 + 18 * 125));
    expect(accuracy?.coveragePercent).toBeCloseTo((100 * 6) / 24);
  });

  test('counts the newest two days apart', () => {
    const days = [0, 1, 2, 3].map(day => dayOf(day, () => (day < 2 ? 100 : day === 2 ? 130 : 110)));
    expect(targetAccuracy(days)?.recentCoveragePercent).toBe(50);
    expect(targetAccuracy(days)?.coveragePercent).toBe(75);
    expect(targetAccuracy(days.toReversed())).toEqual(targetAccuracy(days));
  });

  test('leaves out what was not measured', () => {
    const days = [0, 1, 2].map(day => dayOf(day, hour => (hour % 2 === 0 ? null : 100)));
    expect(targetAccuracy(days)).toMatchObject({ wapePercent: 0, coveragePercent: 100, days: 3 });
  });

  test.each([
    ['two days', [0, 1].map(day => dayOf(day, () => 100))],
    ['three days, of which one was measured', [0, 1, 2].map(day => dayOf(day, () => (day === 0 ? 100 : null)))],
    ['no demand at all', [0, 1, 2].map(day => dayOf(day, () => 0))],
    ['nothing', []],
  ])('is not known from %s', (_, days) => {
    expect(targetAccuracy(days)).toBeUndefined();
  });
});
