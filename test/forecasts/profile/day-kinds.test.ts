import { expect, test } from 'vitest';
import { binDays } from '../../../forecasts/profile/bin-days.ts';
import { dayKinds } from '../../../forecasts/profile/day-kinds.ts';
import { dayMs, hourMs, monday } from '../../support/demand/made-up-demand.ts';

test.each([
  ['one day tells nothing', 1, hourMs, 'none'],
  ['four working days are alike', 4, hourMs, 'day'],
  ['one day of a week-end is not enough', 6, hourMs, 'day'],
  ['a week with its week-end tells the two apart', 7, hourMs, 'weekend'],
  ['half a day more counts as a day', 6.5, hourMs, 'weekend'],
  ['less than half of it does not', 6.4, hourMs, 'day'],
  ['days of less than two weeks tell nothing', 13, dayMs, 'none'],
  ['days of two weeks tell weekdays apart', 14, dayMs, 'weekday'],
] as const)('%s', (_, days, stepMs, name) => {
  const values = new Float64Array(Math.round((days * dayMs) / stepMs)).fill(1);
  expect(dayKinds(binDays({ start: monday, stepMs, values })).name).toBe(name);
});
