import { expect, test } from 'vitest';
import { fitDemand, type Series } from '../../../forecasts/index.ts';
import { berlinClock, berlinShop, fallBack, springForward } from '../../support/demand/berlin-shop.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const newYork = {
  timeZone: 'America/New_York',
  offsets: [
    { from: Date.UTC(2025, 10, 2, 6), offsetMs: -5 * hourMs },
    { from: Date.UTC(2026, 2, 8, 7), offsetMs: -4 * hourMs },
    { from: Date.UTC(2026, 10, 1, 6), offsetMs: -5 * hourMs },
  ],
};

function basisOf(history: Series): string {
  const now = history.start + history.values.length * history.stepSeconds * 1000;
  const fitted = fitDemand(history, { now, events: [], proposable: [berlinClock, newYork] });
  return fitted.predict({ from: now, steps: 1, levels: [], events: [] }).basis;
}

test.each([
  { name: 'spring', change: springForward, day: '2026-03-29' },
  { name: 'autumn', change: fallBack, day: '2026-10-25' },
])('a history in UTC that followed the change in $name says so and names the zone', ({ change, day }) => {
  const history = berlinShop({ start: change - 18 * dayMs, days: 28 });
  expect(basisOf(history)).toContain(
    `; days of UTC; demand moved with the clocks of Europe/Berlin on ${day}, but days are`,
  );
});

test('two zones that change within a week are told apart', () => {
  const change = newYork.offsets[2]?.from ?? 0;
  const localOf = (time: number) => time - (time < change ? 4 : 5) * hourMs;
  expect(basisOf(berlinShop({ start: change - 18 * dayMs, days: 28, localOf }))).toContain(
    'clocks of America/New_York',
  );
});

test.each([
  ['clocks stay', fallBack - 18 * dayMs, (time: number) => time],
  ['the change is not in the history', fallBack - 40 * dayMs, undefined],
  ['the change is two days ago', fallBack - 26 * dayMs, undefined],
])('nothing is proposed where %s', (_, start, localOf) => {
  const history = berlinShop({ start, days: 28, ...(localOf === undefined ? {} : { localOf }) });
  expect(basisOf(history)).toMatch(/; days of UTC$/);
});
