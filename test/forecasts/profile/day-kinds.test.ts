import { expect, test } from 'vitest';
import { binDays } from '../../../forecasts/profile/bin-days.ts';
import { dayKinds } from '../../../forecasts/profile/day-kinds.ts';
import { dayMs, hourMs, monday } from '../../support/demand/made-up-demand.ts';

test.each([
  ['one day gives no profile', 1, hourMs, 'none'],
  ['four working days give one kind', 4, hourMs, 'day'],
  ['one weekend day is not enough', 6, hourMs, 'day'],
  ['a week with its weekend gives two kinds', 7, hourMs, 'weekend'],
  ['half a weekend day counts as a day', 6.5, hourMs, 'weekend'],
  ['less than half does not', 6.4, hourMs, 'day'],
  ['daily steps of less than two weeks give no profile', 13, dayMs, 'none'],
  ['daily steps of two weeks give seven weekdays', 14, dayMs, 'weekday'],
] as const)('%s', (_, days, stepMs, name) => {
  const values = new Float64Array(Math.round((days * dayMs) / stepMs)).fill(1);
  expect(dayKinds(binDays({ start: monday, stepMs, values })).name).toBe(name);
});
