import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dailyPeakOver, restAhead, slidingMaximum } from '../../../src/plan/floor/demand-ahead.ts';

const start = Date.parse('2026-11-27T12:00:00Z');
const curve = (values: readonly number[]) => ({
  start,
  stepSeconds: 3600,
  steps: values.length,
  rows: [values, values, values],
});
const hour = 3_600_000;

test('the sliding maximum is the highest of each value and those after it', () => {
  const rows = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 50 }), (row, steps) => {
      const expected = row.map((_, step) => Math.max(...row.slice(step, step + steps)));
      expect(slidingMaximum(row, steps)).toEqual(expected);
    }),
  );
});

test('a floor covers the step that it ends in', () => {
  expect(restAhead(curve([1, 5, 2, 9, 3]), 1.5 * hour, 0.95)).toEqual([5, 9, 9, 9, 3]);
});

test.each([
  ['before the peak: the highest within reach', 1, 3],
  ['within the peak: its end', 2.5, 3],
  ['after the peak: that peak', 7, 3],
  ['at night: the highest of the last six hours', 12, 7],
  ['in the morning: what is ahead', 18, 20],
])('%s', (_, hours, over) => {
  const day = [4, 6, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6];
  expect(dailyPeakOver(curve(day), hour, start + hours * hour)).toBe(start + over * hour);
});
