import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSeasons, type Series } from '../../../forecasts/index.ts';
import { madeUpDemand, monday, normalFrom, seededRandom } from '../../support/demand/made-up-demand.ts';
import { readRealSeries, realDataMissing } from '../../support/demand/real-data.ts';

describe('finds', () => {
  test.each<[string, Series, Readonly<Record<string, number>>]>([
    ['a day in two days', madeUpDemand({ days: 2, stepSeconds: 300 }), { day: 86_400 }],
    ['day and week in four weeks', madeUpDemand({ days: 28, stepSeconds: 300 }), { day: 86_400, week: 604_800 }],
    ['a week in daily values', daily([90, 100, 100, 100, 110, 60, 50]), { week: 604_800 }],
    ['a job every hour', repeated(60, 7 * 1440, i => (i % 60 < 5 ? 3 : 1)), { other: 3600 }],
    ['250 minutes, a period unrelated to the clock', repeated(300, 4032, i => (i % 50 < 5 ? 3 : 1)), { other: 15_000 }],
    ['a day below zero', mapped(madeUpDemand({ days: 7, stepSeconds: 600 }), v => -v), { day: 86_400 }],
    [
      'a day under a trend',
      mapped(madeUpDemand({ days: 7, stepSeconds: 600 }), (v, i) => v * 1.001 ** i),
      { day: 86_400 },
    ],
    [
      'day and week in rare counts',
      mapped(madeUpDemand({ days: 14, stepSeconds: 600 }), v => Math.floor(v / 40)),
      { day: 86_400, week: 604_800 },
    ],
    ['nothing in noise', repeated(600, 4032, () => 1), {}],
    ['nothing in a constant', mapped(madeUpDemand({ days: 21, stepSeconds: 600 }), () => 7), {}],
    ['nothing in zeros', mapped(madeUpDemand({ days: 21, stepSeconds: 600 }), () => 0), {}],
    ['nothing in one point', { start: monday, stepSeconds: 60, values: [5] }, {}],
    ['nothing in nothing', { start: monday, stepSeconds: 60, values: [] }, {}],
  ])('%s', (_, series, periods) => {
    const found = findSeasons(series).filter(season => season.found);
    expect(Object.fromEntries(found.map(({ name, periodSeconds }) => [name, periodSeconds]))).toEqual(periods);
  });
});

test('one wild point hides no day', () => {
  const series = madeUpDemand({ days: 14, stepSeconds: 300 });
  const wild = mapped(series, (value, i) => (i === 2000 ? 50 * value : value));
  expect(findSeasons(wild)[0]).toMatchObject({ name: 'day', found: true });
});

test('more noise, less strength', () => {
  const strengths = [0.02, 0.3, 1].map(
    noise => findSeasons(madeUpDemand({ days: 14, stepSeconds: 600, noise }))[0]?.strength ?? 0,
  );
  expect(strengths[0]).toBeGreaterThan(0.9);
  expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
});

test('a random walk repeats nothing: at most one in five is taken for more', () => {
  const mistaken = Array.from({ length: 40 }, (_, seed) => {
    const normal = normalFrom(seededRandom(seed + 1));
    let level = 0;
    const values = Array.from({ length: 28 * 24 }, () => {
      level += normal();
      return 100 * Math.exp(0.1 * level);
    });
    return findSeasons({ start: 0, stepSeconds: 3600, values }).some(({ found }) => found);
  });
  expect(mistaken.filter(Boolean).length).toBeLessThanOrEqual(8);
});

describe.skipIf(realDataMissing)(`real series${realDataMissing ? `: skipped, ${realDataMissing}` : ''}`, () => {
  test.each([
    ['taxi rides of New York', 'nab/nyc_taxi.csv', 1800, ['day', 'week']],
    ['page views by the hour', 'wikipedia_hourly/pageviews_1h.csv', 3600, ['day', 'week']],
    ['page views by the day', 'wikipedia_daily/r_language_pageviews_1d.csv', 86_400, ['week']],
    ['the CPU of a database', 'nab/rds_cpu_utilization_cc0c53.csv', 300, []],
  ])('%s', (_, file, stepSeconds, names) => {
    const found = findSeasons(readRealSeries(file, stepSeconds)).filter(season => season.found);
    expect(found.map(({ name }) => name)).toEqual(names);
  });
});

test('strengths and chances are shares, whatever it is fed', () => {
  const value = fc.oneof(fc.constant(0), fc.constant(null), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 300 }),
      fc.constantFrom(15, 420, 3600, 43_200, 86_400),
      (values, stepSeconds) => {
        for (const { strength, chance, cycles, periodSeconds } of findSeasons({ start: monday, stepSeconds, values })) {
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
          expect(cycles).toBeGreaterThanOrEqual(2);
          expect(periodSeconds).toBeGreaterThan(stepSeconds);
        }
      },
    ),
    { seed: 5, numRuns: 150 },
  );
});

function daily(week: readonly number[]): Series {
  const normal = normalFrom(seededRandom(2));
  const values = Array.from({ length: 70 }, (_, i) => (week[i % 7] ?? 0) * Math.exp(0.05 * normal()));
  return { start: monday, stepSeconds: 86_400, values };
}

/** Noise of a tenth around 100 times a shape. */
function repeated(stepSeconds: number, length: number, shape: (i: number) => number): Series {
  const normal = normalFrom(seededRandom(5));
  const values = Array.from({ length }, (_, i) => 100 * Math.exp(0.1 * normal()) * shape(i));
  return { start: monday, stepSeconds, values };
}

function mapped(series: Series, change: (value: number, i: number) => number): Series {
  return { ...series, values: series.values.map((value, i) => change(value ?? 0, i)) };
}
