import { expect, test } from 'vitest';
import { maskEvents } from '../../../forecasts/events/mask-events.ts';
import { dayMs, hourMs, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const samples = { start: monday, stepMs: 10 * minuteMs, values: new Float64Array(144) };

test.each([
  ['from ten minutes before to two hours after', 6 * hourMs, 7 * hourMs, [35, 54]],
  ['one that began before the samples', -hourMs, hourMs, [0, 18]],
  ['one that ends after them', 23 * hourMs, 30 * hourMs, [137, 144]],
  ['nothing for one long before', -dayMs, -3 * hourMs, [0, 0]],
  ['nothing for one long after', 2 * dayMs, 3 * dayMs, [0, 0]],
  ['all for one around them', -dayMs, 2 * dayMs, [0, 144]],
  ['whole steps for one between them', 6 * hourMs + 3 * minuteMs, 6 * hourMs + 4 * minuteMs, [35, 48]],
])('masks %s', (_, start, end, [first = 0, last = 0]) => {
  const masked = maskEvents(samples, [{ id: 'sale', start: monday + start, end: monday + end, features: {} }]);
  expect([...masked]).toEqual(Array.from({ length: 144 }, (_, i) => (i >= first && i < last ? 1 : 0)));
});

test('at daily steps, a sale of one day masks one day, and one at night its own day', () => {
  const days = { start: monday, stepMs: dayMs, values: new Float64Array(4) };
  const sale = (from: number, to: number) => [
    { id: 'sale', start: monday + from * hourMs, end: monday + to * hourMs, features: {} },
  ];
  expect([...maskEvents(days, sale(24, 48))]).toEqual([0, 1, 0, 0]);
  expect([...maskEvents(days, sale(44, 47))]).toEqual([0, 1, 0, 0]);
});

test('events that overlap are masked together', () => {
  const events = [6, 7].map(hour => {
    const start = monday + hour * hourMs;
    return { id: `at ${hour}`, start, end: start + hourMs, features: {} };
  });
  expect(maskEvents(samples, events).reduce((sum, value) => sum + value, 0)).toBe(60 - 35);
});
