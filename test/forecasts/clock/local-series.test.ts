import { expect, test } from 'vitest';
import { localClock } from '../../../forecasts/clock/local-clock.ts';
import { localSeries } from '../../../forecasts/clock/local-series.ts';
import { berlinClock, fallBack, springForward } from '../../support/demand/berlin-shop.ts';

const hourMs = 3_600_000;
const clock = localClock(berlinClock);
const hourly = (start: number, values: readonly (number | null)[]) => ({ start, stepSeconds: 3600, values });

test('the hour that clocks skip is a gap, and no value is lost', () => {
  const { start, values } = localSeries(hourly(springForward - 2 * hourMs, [1, 2, 3, 4]), clock);
  expect(new Date(start).toISOString()).toBe('2026-03-29T00:00:00.000Z');
  expect(values).toEqual([1, 2, null, 3, 4]);
});

test('the hour that clocks show twice is the mean of both; where one was not measured, the other', () => {
  const around = hourly(fallBack - 2 * hourMs, [1, 2, 4, 5]);
  expect(localSeries(around, clock).values).toEqual([1, 3, 5]);
  expect(localSeries({ ...around, values: [1, null, 4, 5] }, clock).values).toEqual([1, 4, 5]);
  expect(localSeries({ ...around, values: [1, 2, null, 5] }, clock).values).toEqual([1, 2, 5]);
});

test('a series that ends in the second pass of an hour ends where clocks stand', () => {
  const quarters = { start: fallBack - hourMs, stepSeconds: 900, values: [1, 2, 3, 4, 5] };
  expect(localSeries(quarters, clock).values).toEqual([3]);
});

test('a change that is no whole number of steps is rounded: daily steps keep their number', () => {
  const daily = { start: Date.UTC(2026, 2, 27), stepSeconds: 86_400, values: [1, 2, 3, 4] };
  expect(localSeries(daily, clock).values).toEqual([1, 2, 3, 4]);
});
