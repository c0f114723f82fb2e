import { expect, test } from 'vitest';
import type { Event } from '../../../forecasts/event.ts';
import { wildSpikes } from '../../../forecasts/series/wild-spikes.ts';
import { hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const perDay = 288;
const longPerDay = 144;

test.each([
  ['a run of three at 60 times', { 700: 60, 701: 60, 702: 60 }, [700, 701, 702]],
  ['a dip to a sixtieth', { 700: 1 / 60 }, [700]],
  ['a rise that stays for half an hour', { 700: 8, 701: 8, 702: 8, 703: 8, 704: 8, 705: 8 }, []],
  ['an unannounced rush of 25 minutes', { 700: 9, 701: 10, 702: 10, 703: 9, 704: 8 }, []],
  ['a spike of 4 times', { 700: 4 }, []],
  ['a spike at the same time of two days', { 700: 20, [700 + 2 * perDay]: 20 }, []],
  ['the newest two steps', { [7 * perDay - 1]: 60, [7 * perDay - 2]: 60 }, []],
  ['a fall in the newest steps, which are short', { [7 * perDay - 2]: 0, [7 * perDay - 1]: 0 }, []],
  ['a night of zeros with one visitor', { ...silent(60, 80), 70: 0.01 }, []],
])('of %s, these steps cannot be meant', (_, factors: Readonly<Record<number, number>>, marked) => {
  expect(search(factors, [])).toEqual(marked);
});

test.each([
  ['a fall in the newest step', { [7 * longPerDay - 1]: 1 / 60 }, [7 * longPerDay - 1]],
  [
    'a fall in the newest two',
    { [7 * longPerDay - 2]: 0, [7 * longPerDay - 1]: 0 },
    [7 * longPerDay - 2, 7 * longPerDay - 1],
  ],
  ['a fall in the newest but one', { [7 * longPerDay - 2]: 0 }, [7 * longPerDay - 2]],
  ['a fall that lasts for a third', { [7 * longPerDay - 3]: 0, [7 * longPerDay - 2]: 0, [7 * longPerDay - 1]: 0 }, []],
  ['a fall at its time of day', { [5 * longPerDay - 1]: 0, [7 * longPerDay - 1]: 0 }, []],
  ['a fall to a fifth', { [7 * longPerDay - 1]: 0.2 }, []],
])('of %s, these long steps cannot be meant', (_, factors: Readonly<Record<number, number>>, marked) => {
  expect(search(factors, [], 600)).toEqual(marked);
});

test('a sale that sold out in its first step keeps its rush up to twelve times, a slip of the unit goes', () => {
  const sale: Event = { id: 'drop', start: monday + 700 * 300_000, end: monday + 724 * 300_000, features: {} };
  expect(search({ 700: 10 }, [sale])).toEqual([]);
  expect(search({ 700: 60 }, [sale])).toEqual([700]);
  expect(search({ 700: 10 }, [])).toEqual([700]);
});

test('a sale of one step is no spike, even at thirty times', () => {
  const short = {
    id: 'short',
    start: monday + 700 * 300_000,
    end: monday + 700 * 300_000 + 4 * minuteMs,
    features: {},
  };
  expect(search({ 700: 30 }, [short])).toEqual([]);
});

test('a slip of the unit goes also where demand comes and goes', () => {
  const values = Float64Array.from({ length: 24 }, (_, i) => [0, 3, 1, 0, 2, 0][i % 6] ?? 0);
  const slip = (times: number) => values.with(7, 3 * times);
  const marked = (found: Float64Array) =>
    [...wildSpikes({ samples: { start: monday, stepMs: minuteMs, values: found }, events: [] })].flatMap((mark, i) =>
      mark === 1 ? [i] : [],
    );
  expect(marked(slip(1000))).toEqual([7]);
  expect(marked(slip(4))).toEqual([]);
});

test('a series that spikes at random times is like that', () => {
  const factors = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [20 + i * 83, 30]));
  expect(search(factors, [])).toEqual([]);
});

test('nothing is marked in a series without demand', () => {
  const values = new Float64Array(100);
  expect([...wildSpikes({ samples: { start: monday, stepMs: hourMs, values }, events: [] })]).not.toContain(1);
});

function search(
  factors: Readonly<Record<number, number>>,
  events: readonly Event[],
  stepSeconds = 300,
): readonly number[] {
  const history = madeUpDemand({ days: 7, stepSeconds });
  const values = Float64Array.from(history.values, (value, i) => (value ?? 0) * (factors[i] ?? 1));
  const marks = wildSpikes({ samples: { start: monday, stepMs: stepSeconds * 1000, values }, events });
  return [...marks].flatMap((mark, i) => (mark === 1 ? [i] : []));
}

function silent(from: number, to: number): Readonly<Record<number, number>> {
  return Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, 0]));
}
