import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findOutages, fitDemand, type Series } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday, seededRandom } from '../../support/demand/made-up-demand.ts';
import { readRealSeries, realDataMissing } from '../../support/demand/real-data.ts';

const shop = madeUpDemand({ days: 14, stepSeconds: 300 });

describe('zeros where other days have none are an outage', () => {
  test.each([
    ['twenty minutes', shop, 10, 14 * hourMs, 20 * minuteMs],
    ['half a night', shop, 9, 1 * hourMs, 4 * hourMs],
    ['two days', shop, 8, 3 * hourMs, 48 * hourMs],
    ['three hours of an hourly series', madeUpDemand({ days: 14, stepSeconds: 3600 }), 6, 5 * hourMs, 3 * hourMs],
    ['the newest three hours of four days', madeUpDemand({ days: 4, stepSeconds: 3600 }), 4, -3 * hourMs, 3 * hourMs],
    ['three days of a daily series', madeUpDemand({ days: 60, stepSeconds: 86_400 }), 30, 0, 3 * dayMs],
    ['the newest half hour', shop, 14, -30 * minuteMs, 30 * minuteMs],
  ])('%s', (_, series, day, offset, length) => {
    const start = monday + day * dayMs + offset;
    expect(findOutages(silent(series, start, start + length))).toEqual([{ start, end: start + length }]);
  });

  test('gaps inside a run belong to it', () => {
    const start = monday + 10 * dayMs;
    const torn = silent(shop, start, start + hourMs);
    const values = torn.values.map((value, i) => (value === 0 && i % 3 === 1 ? null : value));
    expect(findOutages({ ...torn, values })).toEqual([{ start, end: start + hourMs }]);
  });
});

describe('true zeros are kept', () => {
  test.each<[string, Series]>([
    ['nights without visitors', mapped(shop, (value, time) => (time % dayMs < 5 * hourMs ? 0 : value))],
    ['closed Sundays', mapped(shop, (value, time) => (new Date(time).getUTCDay() === 0 ? 0 : value))],
    ['rare requests', counts(2, 28, 60)],
    ['a few requests a minute', counts(5, 28, 60)],
    ['nothing but zeros', mapped(shop, () => 0)],
    ['a lone zero', silent(shop, monday + 10 * dayMs, monday + 10 * dayMs + 5 * minuteMs)],
    ['a first day without enough other days', silent(madeUpDemand({ days: 2 }), monday, monday + 6 * hourMs)],
    [
      'a shop that closed for good',
      silent(madeUpDemand({ days: 28, stepSeconds: 300 }), monday + 18 * dayMs, monday + 28 * dayMs),
    ],
  ])('%s', (_, series) => {
    expect(findOutages(series)).toEqual([]);
  });
});

describe.skipIf(realDataMissing)(
  `real collectors that failed${realDataMissing ? `: skipped, ${realDataMissing}` : ''}`,
  () => {
    test.each(['AAPL', 'AMZN'])('both tell the same two hours in which tweets of %s were not counted', ticker => {
      const five = (time: number) => Math.round(time / 300_000) * 300_000;
      const [outage, ...others] = findOutages(readRealSeries(`nab/Twitter_volume_${ticker}.csv`, 300));
      expect(others).toEqual([]);
      expect(five(outage?.start ?? 0)).toBe(Date.UTC(2015, 2, 11, 7, 5));
      expect(five(outage?.end ?? 0)).toBe(Date.UTC(2015, 2, 11, 9, 15));
    });

    test('tweets of CRM are too rare for zeros to be outages', () => {
      expect(findOutages(readRealSeries('nab/Twitter_volume_CRM.csv', 300))).toEqual([]);
    });
  },
);

test('an outage changes neither the profile nor the level', () => {
  const now = monday + 14 * dayMs;
  const input = { from: now, steps: 288, levels: [0.95], events: [] };
  const start = monday + 13 * dayMs + 20 * hourMs;
  const torn = fitDemand(silent(shop, start, start + 3 * hourMs), { now, events: [] }).predict(input).base;
  const whole = fitDemand(shop, { now, events: [] }).predict(input).base;
  const ratios = torn.point.map((value, i) => value / (whole.point[i] ?? 1));
  expect(Math.min(...ratios)).toBeGreaterThan(0.8);
  expect(Math.max(...ratios)).toBeLessThan(1.25);
});

test('a current outage does not change the forecast', () => {
  const now = monday + 13 * dayMs;
  const fitted = fitDemand({ ...shop, values: shop.values.slice(0, 13 * 288) }, { now, events: [] });
  const input = { from: now + hourMs, steps: 12, levels: [0.95], events: [] };
  const silence = { start: now, stepSeconds: 300, values: new Array<number>(12).fill(0) };
  expect(fitted.predict({ ...input, recent: silence }).base.point).toEqual(fitted.predict(input).base.point);
});

test('finds only runs of zeros, inside the series and in order, in any series', () => {
  const value = fc.oneof(fc.constant(0), fc.constant(null), fc.double({ noNaN: true, min: -5, max: 1e9 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 400 }), fc.constantFrom(15, 60, 3600, 86_400), (values, stepSeconds) => {
      const series = { start: monday, stepSeconds, values };
      const outages = findOutages(series);
      let last = monday;
      for (const { start, end } of outages) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        const inside = values.slice((start - monday) / (1000 * stepSeconds), (end - monday) / (1000 * stepSeconds));
        expect(inside.every(v => v === 0 || v === null)).toBe(true);
        last = end;
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

function silent(series: Series, from: number, until: number): Series {
  return mapped(series, (value, time) => (time >= from && time < until ? 0 : value));
}

function mapped(series: Series, change: (value: number, time: number) => number): Series {
  const { start, stepSeconds, values } = series;
  return { ...series, values: values.map((value, i) => change(value ?? 0, start + i * stepSeconds * 1000)) };
}

/** Poisson counts with a mean of `mean` per step. */
function counts(mean: number, days: number, stepSeconds: number): Series {
  const random = seededRandom(3);
  const values = Array.from({ length: (days * 86_400) / stepSeconds }, () => {
    let count = 0;
    for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
    return count;
  });
  return { start: monday, stepSeconds, values };
}
