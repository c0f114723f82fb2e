import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, fitDemand, lastValueDemand, type Series, totalDemand, wape } from '../../forecasts/index.ts';
import { expectSound } from '../contracts/forecast-model.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../support/demand/made-up-demand.ts';

const levels = [0.5, 0.9, 0.95];
const next = sale('next', 27, 5);

describe('a sale without past sales', () => {
  const history = madeUpDemand({ days: 28, sales: [{ event: next, peak: 5 }] });
  const now = next.start - hourMs;
  const fitted = fitDemand(history, { now, events: [next] });
  const input = { from: next.start - 30 * minuteMs, steps: 180, levels, events: [next] };

  test('rises at its start to about the stated peak, P95 above it', () => {
    const total = totalDemand(fitted.predict(input));
    const peak = Math.max(...actual(history, total).map(Number));
    expect(Math.max(...total.point)).toBeGreaterThan(0.6 * peak);
    expect(Math.max(...(total.quantiles[2]?.values ?? []))).toBeGreaterThan(peak);
    expect(wape(actual(history, total), total.point)).toBeLessThan(0.25);
  });

  test('adds nothing before its reach and nothing after it', () => {
    const { extras } = fitted.predict({ ...input, from: next.start - 4 * hourMs, steps: 600 });
    const extra = extras[0]?.extra.quantiles[2]?.values ?? [];
    expect(extra.slice(0, 209).every(value => value === 0)).toBe(true);
    expect(extra.slice(360 + 120).every(value => value === 0)).toBe(true);
  });

  test('names the data used', () => {
    expect(fitted.predict(input).basis).toMatch(/^ensemble on 27 d: [^%]+ \d+ %, .+; no past sale; stated peak$/);
  });

  test('follows the actuals once the sale runs', () => {
    const from = next.start + 30 * minuteMs;
    const twice = slice(history, next.start - hourMs, from, value => 2 * value);
    const before = totalDemand(fitted.predict({ ...input, from, steps: 10 }));
    const after = totalDemand(fitted.predict({ ...input, from, steps: 10, recent: twice }));
    const actuals = actual(history, after).map(value => 2 * (value ?? 0));
    expect(wape(actuals, after.point)).toBeLessThan(0.12);
    expect(wape(actuals, after.point)).toBeLessThan(0.5 * wape(actuals, before.point));
  });
});

describe('a sale after many similar ones', () => {
  const past = Array.from({ length: 8 }, (_, i) => sale(`past-${i}`, 3 + 3 * i, 5));
  const history = madeUpDemand({ days: 28, sales: [...past, next].map(event => ({ event, peak: 9 })) });
  const known = [...past, next];

  test('learns the size and the shape that the stated peak missed', () => {
    const fitted = fitDemand(history, { now: next.start - hourMs, events: known });
    const forecast = fitted.predict({ from: next.start, steps: 120, levels, events: [next] });
    const total = totalDemand(forecast);
    expect(forecast.extras[0]?.pastEvents).toBe(8);
    expect(wape(actual(history, total), total.point)).toBeLessThan(0.15);
  });

  test('leaves the base as without sales', () => {
    const quiet = madeUpDemand({ days: 28 });
    const input = { from: monday + 26 * dayMs, steps: 1440, levels, events: [] };
    const now = monday + 26 * dayMs;
    const base = fitDemand(history, { now, events: known }).predict(input).base;
    const twin = fitDemand(quiet, { now, events: [] }).predict(input).base;
    expect(wape(actual(quiet, base), base.point)).toBeLessThan(1.05 * wape(actual(quiet, twin), twin.point));
  });

  test('three past sales move the curve towards their own', () => {
    const peakAfter = (count: number) => {
      const events = [...past.slice(0, count), next];
      const masked = [...past, next];
      const short = { ...history, values: history.values.slice() };
      const fitted = fitDemand(short, { now: next.start - hourMs, events: count === 0 ? [next] : events });
      expect(masked.length).toBe(9);
      return Math.max(...totalDemand(fitted.predict({ from: next.start, steps: 60, levels, events: [next] })).point);
    };
    expect(peakAfter(3)).toBeGreaterThan(1.1 * peakAfter(0));
  });
});

test('several sales at once add up, level by level', () => {
  const other = { ...next, id: 'other' };
  const fitted = fitDemand(madeUpDemand({ days: 20 }), { now: monday + 20 * dayMs, events: [next, other] });
  const input = { from: next.start, steps: 60, levels };
  const one = fitted.predict({ ...input, events: [next] });
  const both = fitted.predict({ ...input, events: [next, other] });
  expect(both.extras.map(extra => extra.event)).toEqual(['next', 'other']);
  expect(both.extras[0]?.extra).toEqual(one.extras[0]?.extra);
  const sum = totalDemand(both).quantiles[2]?.values[10];
  expect(sum).toBeCloseTo(
    (both.base.quantiles[2]?.values[10] ?? 0) + 2 * (one.extras[0]?.extra.quantiles[2]?.values[10] ?? 0),
  );
});

test('it accepts histories from no data to four weeks, and names the model used', () => {
  const bases = [0, 0.5, 1.5, 3, 28].map(days => {
    const fitted = fitDemand(madeUpDemand({ days }), { now: monday + days * dayMs, events: [] });
    return fitted.predict({ from: monday + days * dayMs, steps: 10, levels, events: [] }).basis;
  });
  expect(bases.slice(0, 4)).toEqual([
    'no data: demand is unknown',
    'last value of 12 h',
    'seasonal-naive-day on 1 d 12 h; days of UTC',
    'ensemble on 3 d: median of 5 forecasts; days of UTC',
  ]);
  expect(bases[4]).toMatch(/^ensemble on 28 d: /);
});

test.each([60, 300])('on steps of %i s the range is as wide as the noise of a step, at every horizon', stepSeconds => {
  const history = madeUpDemand({ days: 10, stepSeconds, noise: 0.2 });
  const now = monday + 10 * dayMs;
  const input = { from: now, steps: (6 * 3600) / stepSeconds, levels: [0.05, 0.95], events: [] };
  const [low, high] = fitDemand(history, { now, events: [] }).predict(input).base.quantiles;
  for (const minutes of [5, 30, 90, 180, 350]) {
    const step = Math.floor((minutes * 60) / stepSeconds);
    const spread = Math.log((high?.values[step] ?? 0) / (low?.values[step] ?? 0)) / (2 * 1.645);
    expect(spread, `${minutes} min ahead`).toBeGreaterThan(0.8 * 0.2);
    expect(spread, `${minutes} min ahead`).toBeLessThan(1.5 * 0.2);
  }
});

test('a recent gap is named in the basis and widens the range', () => {
  const history = madeUpDemand({ days: 10 });
  const upTo = (minutesAgo: number) => {
    const values = history.values.slice(0, history.values.length - minutesAgo);
    return { ...history, values: [...values, ...Array.from({ length: minutesAgo }, () => null)] };
  };
  const now = monday + 10 * dayMs;
  const input = { from: now, steps: 60, levels, events: [] };
  const fresh = fitDemand(history, { now, events: [] }).predict(input);
  const stale = fitDemand(upTo(180), { now, events: [] }).predict(input);
  const width = ({ base }: typeof fresh) => (base.quantiles[2]?.values[30] ?? 0) - (base.point[30] ?? 0);
  expect(fresh.basis).not.toContain('no data');
  expect(stale.basis).toContain('; no data in the last 3 h: wider range');
  expect(width(stale)).toBeGreaterThan(width(fresh));
});

test('the last-value demand ignores sales', () => {
  const history = madeUpDemand({ days: 28 });
  const fitted = lastValueDemand(history, { now: monday + 28 * dayMs, events: [next] });
  const { base, extras } = fitted.predict({ from: monday + 28 * dayMs, steps: 60, levels, events: [next] });
  expect(new Set(base.point).size).toBe(1);
  expect(extras[0]?.extra.point.every(value => value === 0)).toBe(true);
});

test('never NaN, never crossing, never below zero, for any history, events and actual values', () => {
  const event = fc.record({
    start: fc.integer({ min: -40, max: 40 }).map(hours => monday + hours * hourMs),
    minutes: fc.integer({ min: 1, max: 10_080 }),
    stated: fc.option(fc.double({ min: 1, max: 1e6, noNaN: true }), { nil: undefined }),
  });
  const value = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(null), fc.constant(0));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 300 }),
      fc.array(event, { maxLength: 5 }),
      fc.array(value, { maxLength: 20 }),
      fc.integer({ min: -600, max: 3000 }),
      (values, events, recent, fromSteps) => {
        const history = { start: monday - values.length * 300_000, stepSeconds: 300, values };
        const known = events.map(({ start, minutes, stated }, i): Event => {
          const times = { id: `e${i}`, start, end: start + minutes * minuteMs, features: {} };
          return stated === undefined ? times : { ...times, statedPeakRatio: stated };
        });
        const { base, extras } = fitDemand(history, { now: monday, events: known }).predict({
          from: monday + fromSteps * 300_000,
          steps: 40,
          levels,
          events: known,
          recent: { start: monday, stepSeconds: 300, values: recent },
        });
        expectSound(base, 40);
        for (const { extra } of extras) {
          const numbers = [...extra.point, ...extra.quantiles.flatMap(q => q.values)];
          expect(numbers.every(value => Number.isFinite(value) && value >= 0)).toBe(true);
          expectSound(totalDemand({ base, extras: extras.slice(0, 1), basis: '' }), 40);
        }
      },
    ),
    { seed: 11, numRuns: 150 },
  );
});

function sale(id: string, day: number, statedPeakRatio: number): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio, features: {} };
}

function actual(history: Series, forecast: { readonly start: number; readonly point: readonly number[] }) {
  const first = Math.round((forecast.start - history.start) / (history.stepSeconds * 1000));
  return history.values.slice(first, first + forecast.point.length);
}

function slice(history: Series, from: number, to: number, change: (value: number) => number): Series {
  const stepMs = history.stepSeconds * 1000;
  const values = history.values.slice((from - history.start) / stepMs, (to - history.start) / stepMs);
  return { ...history, start: from, values: values.map(value => (value === null ? null : change(value))) };
}
