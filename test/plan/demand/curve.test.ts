import { expect, test } from 'vitest';
import { type Curve, curveOf, highestStep, largerCurve, stepAt, timeOf } from '../../../src/plan/demand/curve.ts';

/** Three equal levels of one row. */
const curve = (start: number, stepSeconds: number, row: readonly number[]): Curve => ({
  start: start * 1000,
  stepSeconds,
  steps: row.length,
  rows: [row, row, row],
});
const first = ({ rows: [row = []] }: Curve) => Array.from(row);

test('largerCurve takes the larger, step by step', () => {
  expect(first(largerCurve(curve(0, 60, [5, 1, 5]), curve(0, 60, [1, 5, 6])))).toEqual([5, 5, 6]);
});

test('curveOf takes a level that the forecast lacks from the next one above', () => {
  const quantiles = [
    { level: 0.5, values: [1] },
    { level: 0.99, values: [9] },
  ];
  const { rows } = curveOf({ model: 'made up', start: 0, stepSeconds: 60, point: [1], quantiles });
  expect(rows.map(row => row[0])).toEqual([1, 9, 9]);
});

test.each([
  [-1, 0],
  [0, 0],
  [59_999, 0],
  [60_000, 1],
  [180_000, 3],
  [999_999, 3],
])('stepAt(%i ms) is step %i of three minutes', (at, step) => {
  expect(stepAt(curve(0, 60, [1, 2, 3]), at)).toBe(step);
});

test('highestStep is the earliest of equals within its bounds', () => {
  expect(highestStep([9, 1, 7, 7, 2])).toBe(0);
  expect(highestStep([9, 1, 7, 7, 2], 1)).toBe(2);
  expect(highestStep([9, 1, 7, 8, 2], 1, 3)).toBe(2);
  expect(timeOf(curve(10, 60, []), 2)).toBe(130_000);
});
