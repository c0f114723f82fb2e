import { expect, test } from 'vitest';
import { binDays } from '../../../forecasts/profile/bin-days.ts';
import { weekendShift } from '../../../forecasts/profile/weekend-shift.ts';
import { hourMs, monday } from '../../support/demand/made-up-demand.ts';

/** Two weeks of hours; `measured` selects the days with data. */
function twoWeeks(measured: (day: number) => boolean) {
  const values = Float64Array.from({ length: 14 * 24 }, (_, hour) =>
    measured(Math.floor(hour / 24)) ? 1 : Number.NaN,
  );
  return binDays({ start: monday, stepMs: hourMs, values });
}

const isWorkingDay = (day: number) => day % 7 < 5;

test.each<[string, (day: number) => boolean, (day: number) => number, number]>([
  ['is the weekend level less the working days', () => true, day => (isWorkingDay(day) ? 5 : 3), -2],
  ['is 0 where weekends equal other days', () => true, () => 5, 0],
  ['is not affected by growth', day => day < 11, day => day + (isWorkingDay(day) ? 0 : 4), 4],
  ['is 0 where no working day is near', day => !isWorkingDay(day), () => 5, 0],
])('the shift of week-ends %s', (_, measured, levelOf, shift) => {
  const grid = twoWeeks(measured);
  const levels = Float64Array.from({ length: grid.rows }, (_, row) => levelOf(row));
  expect(weekendShift(grid, levels)).toBeCloseTo(shift);
});
