import { describe, expect, test } from 'vitest';
import { demandFrom, type Event, levelProfile, type Series, totalDemand } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const past = [2, 5, 8, 11].map(day => sale(`past-${day}`, day));
const next = sale('next', 14);
const eve = next.start - 10 * minuteMs;
const history = madeUpDemand({ days: 15, sales: [...past, next].map(event => ({ event, peak: 4 })) });
const levels = [0.5, 0.95];

describe('a running sale', () => {
  const fitted = fit();
  const asExpected = predict(fitted, 30);

  test('at twice its curve is forecast twice as high', () => {
    const twice = predict(fitted, 30, 10, scaled(2));
    expect(ratioAt(twice.point, asExpected.point, 0)).toBeCloseTo(2, 0);
    expect(ratioAt(twice.point, asExpected.point, 30)).toBeGreaterThan(1.7);
  });

  test('keeps its forecast when the actual values stop, with a range that widens over time', () => {
    const [now, later] = [30, 50].map(minute => predict(fitted, minute, 10, scaled(1.5), 30));
    const shared = { now: now?.point.slice(20), later: later?.point.slice(0, 40) };
    shared.later?.forEach((value, i) => {
      expect(value / (shared.now?.[i] ?? 0)).toBeCloseTo(1, 6);
    });
    const width = (values: readonly number[] = [], point: readonly number[] = []) =>
      (values[20] ?? 0) / (point[20] ?? 1);
    expect(width(later?.p95, later?.point)).toBeGreaterThan(width(now?.p95, now?.point));
  });

  test('depends on the actual values alone: a restarted forecaster gives the same result', () => {
    predict(fitted, 5);
    predict(fitted, 20, 10, scaled(3));
    expect(predict(fitted, 30, 10, scaled(2))).toEqual(predict(fit(), 30, 10, scaled(2)));
  });

  test('without actual values since its start stays about as forecast before it', () => {
    predict(fitted, 30, 10, scaled(3), 0).point.forEach((value, i) => {
      expect(value / (totals(fitted, 30).point[i] ?? 0)).toBeCloseTo(1, 1);
    });
  });

  test('has a narrower range minutes ahead than an hour ahead', () => {
    const { point, p95 } = asExpected;
    expect(ratioAt(p95, point, 1)).toBeLessThan(ratioAt(p95, point, 30));
    expect(ratioAt(p95, point, 30)).toBeLessThan(ratioAt(totals(fitted, 30).p95, totals(fitted, 30).point, 30));
  });

  test('counts its first minutes only in part, as a rush may come a minute early', () => {
    const early = predict(fitted, 1, 10, scaled(2));
    expect(ratioAt(early.point, predict(fitted, 1).point, 10)).toBeLessThan(1.3);
  });

  test('follows a jump once a second minute confirms it', () => {
    const jumped = (minutes: number): Series => ({
      ...history,
      values: history.values.map(
        (value, i) => (value ?? 0) * (i * minuteMs + monday >= next.start + (30 - minutes) * minuteMs ? 4 : 1),
      ),
    });
    const raised = (minutes: number) => ratioAt(predict(fitted, 30, 10, jumped(minutes)).point, asExpected.point, 0);
    expect(raised(1)).toBeLessThan(1.25);
    expect(raised(2)).toBeGreaterThan(1.7);
    expect(raised(6)).toBeGreaterThan(3.3);
  });
});

interface Bands {
  readonly point: readonly number[];
  readonly p95: readonly number[];
}

function fit() {
  return demandFrom(levelProfile)(history, { now: eve, events: [...past, next] });
}

/**
 * Forecast of an hour from `minute` of the sale on, with `series` from `before` minutes before its start to
 * `knownUntil`.
 */
function predict(
  fitted: ReturnType<typeof fit>,
  minute: number,
  before = 10,
  series: Series = history,
  knownUntil = minute,
): Bands {
  const first = (next.start - before * minuteMs - monday) / minuteMs;
  const values = series.values.slice(first, (next.start + knownUntil * minuteMs - monday) / minuteMs);
  return totals(fitted, minute, { start: monday + first * minuteMs, stepSeconds: 60, values });
}

function totals(fitted: ReturnType<typeof fit>, minute: number, recent?: Series): Bands {
  const input = { from: next.start + minute * minuteMs, steps: 60, levels, events: [next] };
  const { point, quantiles } = totalDemand(fitted.predict(recent === undefined ? input : { ...input, recent }));
  return { point, p95: quantiles[1]?.values ?? [] };
}

/** The history with the sale's demand multiplied by a factor. */
function scaled(factor: number): Series {
  const values = history.values.map((value, i) => {
    const time = monday + i * minuteMs;
    return time >= next.start && time < next.end ? (value ?? 0) * factor : value;
  });
  return { ...history, values };
}

function ratioAt(a: readonly number[], b: readonly number[], i: number): number {
  return (a[i] ?? Number.NaN) / (b[i] ?? Number.NaN);
}

function sale(id: string, day: number): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio: 5, features: {} };
}
