import { expect, test } from 'vitest';
import { isWeekend, weekdayOf } from '../../../forecasts/series/weekday.ts';

const dayMs = 86_400_000;

test.each([
  ['Thursday 1 January 1970', Date.UTC(1970, 0, 1), 0, false],
  ['Friday 27 November 2026', Date.UTC(2026, 10, 27), 1, false],
  ['Saturday 28 November 2026', Date.UTC(2026, 10, 28), 2, true],
  ['Sunday 29 November 2026', Date.UTC(2026, 10, 29), 3, true],
  ['Monday 30 November 2026', Date.UTC(2026, 10, 30), 4, false],
  ['Sunday 28 December 1969', Date.UTC(1969, 11, 28), 3, true],
  ['Wednesday 31 December 1969', Date.UTC(1969, 11, 31), 6, false],
])('%s is counted from Thursday', (_, time, weekday, weekend) => {
  expect(weekdayOf(time / dayMs)).toBe(weekday);
  expect(isWeekend(time / dayMs)).toBe(weekend);
});
