import { expect, test } from 'vitest';
import type { Series } from '../../forecasts/index.ts';
import { wellServed } from '../../src/review/well-served.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const actual: Series = { start, stepSeconds: 60, values: [100, 100, 100, null, 100] };
const pointsOf = (ready: readonly number[], floor = 4) =>
  ready.map((count, minute) => ({ t: new Date(start + minute * 60_000).toISOString(), floor, ready: count }));
const valuesOf = (ready: readonly number[], perReplica: number | undefined, floor?: number) =>
  wellServed({ target: 'checkout', points: pointsOf(ready, floor) }, actual, perReplica).values;

test.each<readonly [string, readonly (number | null)[], readonly (number | null)[]]>([
  ['all is served, so all counts', valuesOf([10, 10, 10, 10, 10], 10), [100, 100, 100, null, 100]],
  ['fewer are ready than the demand needs', valuesOf([10, 9, 10, 10, 2], 10), [100, null, 100, null, null]],
  ['fewer are ready than the floor', valuesOf([12, 11, 12, 12, 12], 10, 12), [100, null, 100, null, 100]],
  [
    'its capacity is unknown: the floor alone counts',
    valuesOf([4, 3, 4, 4, 4], undefined),
    [100, null, 100, null, 100],
  ],
  ['nothing is recorded', valuesOf([], 10), [100, 100, 100, null, 100]],
])('the demand that was well served, where %s', (_, values, expected) => {
  expect(values).toEqual(expected);
});

test('is the same series where nothing was short', () => {
  expect(wellServed({ target: 'checkout', points: [] }, actual, 10)).toBe(actual);
});
