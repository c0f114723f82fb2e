import { expect, test } from 'vitest';
import { loneSpikes } from '../../../forecasts/series/lone-spikes.ts';

const hourMs = 3_600_000;
const days = (count: number, at: (hour: number) => number) => ({
  start: 0,
  stepMs: hourMs,
  values: Float64Array.from({ length: 24 * count }, (_, hour) => at(hour)),
});
const wave = (hour: number) => Math.sin((hour * Math.PI) / 12);

test.each([
  ['above', 9],
  ['below', -9],
])('a step far %s both of its neighbours is a lone spike', (_, value) => {
  const spikes = loneSpikes(days(3, hour => (hour === 30 ? value : wave(hour))));
  expect([...spikes.keys()].filter(i => spikes[i])).toEqual([30]);
});

test.each([
  ['a shift', days(3, hour => wave(hour) + (hour >= 30 ? 9 : 0))],
  ['two outliers in a row', days(3, hour => (hour === 30 || hour === 31 ? 9 : wave(hour)))],
  ['the last step', days(3, hour => (hour === 71 ? 9 : wave(hour)))],
  ['a nightly job', days(6, hour => (hour % 24 === 3 ? 9 : wave(hour)))],
  ['a weekly peak', days(15, hour => (hour % 168 === 100 ? 9 : wave(hour)))],
  ['a constant', days(3, () => 5)],
  ['nothing', days(0, wave)],
  ['gaps', days(3, hour => (hour % 2 === 0 ? Number.NaN : wave(hour)))],
])('%s is none', (_, samples) => {
  expect(loneSpikes(samples).some(Boolean)).toBe(false);
});

test('a day twenty times its neighbours is a spike, a weekend is not', () => {
  const daily = Float64Array.from({ length: 14 }, (_, day) => 5 + (day % 7 > 4 ? -0.5 : 0.1 * (day % 3)));
  expect(loneSpikes({ start: 0, stepMs: 24 * hourMs, values: daily }).some(Boolean)).toBe(false);
  daily[8] = 8;
  expect([...loneSpikes({ start: 0, stepMs: 24 * hourMs, values: daily })].indexOf(1)).toBe(8);
});
