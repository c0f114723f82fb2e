import { describe, expect, test } from 'vitest';
import { possibleSales } from '../../src/review/possible-sales.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';

const history = madeUpDemand({ days: 28, stepSeconds: 300 });

/** The history with demand multiplied in some windows. */
function withBursts(windows: readonly (readonly [start: number, hours: number, times: number])[]) {
  const values = history.values.map((value, i) => {
    const at = history.start + i * 300_000;
    const burst = windows.find(([start, hours]) => at >= start && at < start + hours * hourMs);
    return value === null ? null : value * (burst?.[2] ?? 1);
  });
  return { ...history, values };
}
const at = (day: number, hour: number) => monday + day * dayMs + hour * hourMs;

describe('times of unusual demand', () => {
  test('are none in ordinary weeks', () => {
    expect(possibleSales(history, [])).toEqual([]);
  });

  test('are found with their span and size, and not when a known sale explains them', () => {
    const busy = withBursts([
      [at(5, 18), 3, 5],
      [at(19, 18), 3, 4],
    ]);
    const found = possibleSales(busy, []);
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [at(5, 18), at(5, 21)],
      [at(19, 18), at(19, 21)],
    ]);
    expect(found[0]?.peakRatio).toBeGreaterThan(4);
    expect(found[0]?.peakRatio).toBeLessThan(6.5);
    const known = { id: 'a', start: at(5, 18), end: at(5, 21), features: {} };
    expect(possibleSales(busy, [known]).map(({ start }) => start)).toEqual([at(19, 18)]);
  });

  test.each([
    ['what comes daily', Array.from({ length: 28 }, (_, day) => [at(day, 9), 2, 4] as const)],
    ['what comes each week', Array.from({ length: 4 }, (_, week) => [at(7 * week + 4, 18), 3, 4] as const)],
    ['a minute', [[at(5, 18), 0.1, 20] as const]],
    ['a new level of days', [[at(5, 18), 60, 3] as const]],
    ['less than two and a half times', [[at(5, 18), 3, 1.8] as const]],
  ])('are not %s', (_, windows) => {
    expect(possibleSales(withBursts(windows), [])).toEqual([]);
  });

  test('are found in three of four weeks on the same day', () => {
    const fridays = [0, 1, 2].map(week => [at(7 * week + 4, 18), 3, 4] as const);
    expect(possibleSales(withBursts(fridays), []).map(({ start }) => start)).toEqual(fridays.map(([start]) => start));
  });

  test('are not sought in less than a week', () => {
    const short = {
      ...withBursts([[at(5, 18), 3, 5]]),
      values: withBursts([[at(5, 18), 3, 5]]).values.slice(0, 6 * 288),
    };
    expect(possibleSales(short, [])).toEqual([]);
  });
});
