import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, Forecast, Model, Series } from '../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';
import { poorHistories, wildHistory } from '../support/demand/poor-histories.ts';
import { makeWildDemand, wildSeed } from '../support/demand/wild-demand.ts';
import { describeForecastMisuse } from './forecast-misuse.ts';

const levels = [0.1, 0.5, 0.9, 0.95, 0.99];

/** What every forecasting model promises, whatever it is fed. */
export function describeForecastModel(model: Model): void {
  describeForecastMisuse(model);
  describe(`${model.name} keeps the contract of a forecast model`, () => {
    test.each(poorHistories)('answers %s with finite numbers that never cross', (_, history) => {
      const now = history.start + history.values.length * history.stepSeconds * 1000;
      const forecast = model.fit(history, { now, events: [] }).predict({ steps: 30, levels, events: [] });
      expectSound(forecast, 30);
    });

    test('begins at the first step not complete at now', () => {
      const history = madeUpDemand({ days: 3, stepSeconds: 300 });
      const now = monday + 2 * dayMs + 7 * 60_000;
      const forecast = model.fit(history, { now, events: [] }).predict({ steps: 3, levels, events: [] });
      expect(forecast.start).toBe(monday + 2 * dayMs + 5 * 60_000);
      expect(forecast.stepSeconds).toBe(300);
    });

    test('reads nothing after now', () => {
      const history = madeUpDemand({ days: 10, stepSeconds: 300 });
      const now = monday + 8 * dayMs;
      const known = { ...history, values: history.values.slice(0, (8 * dayMs) / 300_000) };
      const input = { steps: 20, levels, events: [] };
      expect(model.fit(history, { now, events: [] }).predict(input)).toEqual(
        model.fit(known, { now, events: [] }).predict(input),
      );
    });

    test('gives the same answer twice and edits nothing it is given', () => {
      const history = freeze(madeUpDemand({ days: 9, stepSeconds: 600 }));
      const context = { now: monday + 9 * dayMs, events: Object.freeze([sale(7)]) };
      const input = Object.freeze({ steps: 200, levels: Object.freeze([...levels]), events: Object.freeze([]) });
      const fitted = model.fit(history, context);
      expect(fitted.predict(input)).toEqual(model.fit(history, context).predict(input));
      expect(fitted.predict(input)).toEqual(fitted.predict(input));
    });

    test('answers for a window three weeks ahead', () => {
      const history = madeUpDemand({ days: 15, stepSeconds: 600 });
      const now = monday + 15 * dayMs;
      const from = now + 21 * dayMs;
      const forecast = model.fit(history, { now, events: [] }).predict({ from, steps: 18, levels, events: [] });
      expect(forecast.start).toBe(from);
      expectSound(forecast, 18);
    });

    test('takes actuals since the fit, and stands as fitted when they are all gaps', () => {
      const history = madeUpDemand({ days: 8, stepSeconds: 300 });
      const now = monday + 7 * dayMs;
      const fitted = model.fit(history, { now, events: [] });
      const input = { from: now + hourMs, steps: 12, levels, events: [] };
      const tripled = { start: now, stepSeconds: 300, values: history.values.slice(2016, 2028).map(v => 3 * (v ?? 0)) };
      expectSound(fitted.predict({ ...input, recent: tripled }), 12);
      const gaps = { start: now, stepSeconds: 300, values: [null, null, null] };
      expect(fitted.predict({ ...input, recent: gaps })).toEqual(fitted.predict(input));
    });

    test('does not go below zero where demand never did', () => {
      const history = madeUpDemand({ days: 8, stepSeconds: 600, noise: 1 });
      const forecast = model
        .fit(history, { now: monday + 8 * dayMs, events: [] })
        .predict({ steps: 144, levels, events: [] });
      expect(Math.min(...forecast.point, ...forecast.quantiles.flatMap(q => q.values))).toBeGreaterThanOrEqual(0);
    });

    test('answers for a year at once', () => {
      const history = madeUpDemand({ days: 15, stepSeconds: 3600 });
      const input = { steps: 365 * 24, levels, events: [] };
      expectSound(model.fit(history, { now: monday + 15 * dayMs, events: [] }).predict(input), 365 * 24);
    });

    test.each([
      ['one point', 1],
      ['two points', 2],
      ['an hour', 60],
    ])('is unsure after %s', (_, points) => {
      const history = { start: monday, stepSeconds: 60, values: new Array(points).fill(100) };
      const { quantiles } = model
        .fit(history, { now: monday + hourMs, events: [] })
        .predict({ steps: 60, levels, events: [] });
      const [low, , , high] = quantiles.map(({ values }) => values.at(-1) ?? 0);
      expect(low).toBeLessThan(80);
      expect(high).toBeGreaterThan(120);
    });

    test('is less sure when the data are a week old', () => {
      const history = madeUpDemand({ days: 15, stepSeconds: 600 });
      const width = (late: number) => {
        const now = monday + 15 * dayMs + late;
        const { quantiles } = model.fit(history, { now, events: [] }).predict({ steps: 1, levels, events: [] });
        return (quantiles[3]?.values[0] ?? 0) - (quantiles[0]?.values[0] ?? 0);
      };
      expect(width(7 * dayMs)).toBeGreaterThan(1.1 * width(0));
    });

    test('where sales cover all of the history, takes it for an ordinary one', () => {
      const history = madeUpDemand({ days: 6, stepSeconds: 600 });
      const always = { id: 'always', start: monday - dayMs, end: monday + 6 * dayMs, features: {} };
      const forecast = model
        .fit(history, { now: monday + 6 * dayMs, events: [always] })
        .predict({ steps: 144, levels, events: [] });
      expect(Math.min(...forecast.point)).toBeGreaterThan(10);
    });

    test('never yields NaN, whatever the numbers', () => {
      fc.assert(
        fc.property(wildHistory, fc.integer({ min: 1, max: 60 }), (history, steps) => {
          const now = history.start + history.values.length * history.stepSeconds * 1000;
          const events = [sale(0)];
          expectSound(model.fit(history, { now, events }).predict({ steps, levels, events }), steps);
        }),
        { seed: 7, numRuns: 60 },
      );
    });

    test('is sound on demand of any length and step, with anything wrong in it', () => {
      fc.assert(
        fc.property(wildSeed, seed => {
          const { history, context, options } = makeWildDemand(seed);
          expectSound(model.fit(history, context).predict(options), options.steps);
        }),
        { seed: 8, numRuns: 60 },
      );
    });
  });
}

/** Finite everywhere, of the asked length, and quantiles that ascend at every step. */
export function expectSound(forecast: Forecast, steps: number): void {
  expect(forecast.point).toHaveLength(steps);
  expect(forecast.point.every(Number.isFinite)).toBe(true);
  forecast.quantiles.forEach(({ values }, q) => {
    expect(values).toHaveLength(steps);
    expect(values.every(Number.isFinite)).toBe(true);
    const below = forecast.quantiles[q - 1]?.values;
    if (below) expect(values.every((value, i) => value >= (below[i] as number))).toBe(true);
  });
}

function sale(day: number): Event {
  const start = monday + day * dayMs + 10 * hourMs;
  return { id: `sale-${day}`, start, end: start + 2 * hourMs, statedPeakRatio: 4, features: {} };
}

function freeze(series: Series): Series {
  return Object.freeze({ ...series, values: Object.freeze(series.values) });
}
