import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, Forecast, Model, Series } from '../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/made-up-demand.ts';
import { makeWildDemand, wildSeed } from '../support/wild-demand.ts';

const levels = [0.1, 0.5, 0.9, 0.95, 0.99];

/** What every forecasting model promises, whatever it is fed. */
export function describeForecastModel(model: Model): void {
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
      const ask = { steps: 20, levels, events: [] };
      expect(model.fit(history, { now, events: [] }).predict(ask)).toEqual(
        model.fit(known, { now, events: [] }).predict(ask),
      );
    });

    test('gives the same answer twice and edits nothing it is given', () => {
      const history = freeze(madeUpDemand({ days: 9, stepSeconds: 600 }));
      const context = { now: monday + 9 * dayMs, events: Object.freeze([sale(7)]) };
      const ask = Object.freeze({ steps: 200, levels: Object.freeze([...levels]), events: Object.freeze([]) });
      const fitted = model.fit(history, context);
      expect(fitted.predict(ask)).toEqual(model.fit(history, context).predict(ask));
      expect(fitted.predict(ask)).toEqual(fitted.predict(ask));
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
      const ask = { from: now + hourMs, steps: 12, levels, events: [] };
      const tripled = { start: now, stepSeconds: 300, values: history.values.slice(2016, 2028).map(v => 3 * (v ?? 0)) };
      expectSound(fitted.predict({ ...ask, recent: tripled }), 12);
      const gaps = { start: now, stepSeconds: 300, values: [null, null, null] };
      expect(fitted.predict({ ...ask, recent: gaps })).toEqual(fitted.predict(ask));
    });

    test('does not go below zero where demand never did', () => {
      const history = madeUpDemand({ days: 8, stepSeconds: 600, noise: 1 });
      const forecast = model
        .fit(history, { now: monday + 8 * dayMs, events: [] })
        .predict({ steps: 144, levels, events: [] });
      expect(Math.min(...forecast.point, ...forecast.quantiles.flatMap(q => q.values))).toBeGreaterThanOrEqual(0);
    });

    test.each([
      ['steps 0', { steps: 0 }, /steps/],
      ['steps below 0', { steps: -1 }, /steps/],
      ['half a step', { steps: 1.5 }, /steps/],
      ['more steps than could be meant', { steps: 1_000_001 }, /steps/],
      ['a level of 0', { levels: [0, 0.5] }, /levels/],
      ['a level of 1', { levels: [0.5, 1] }, /levels/],
      ['a level in percent', { levels: [95] }, /levels/],
      ['a level that is no number', { levels: [Number.NaN] }, /levels/],
      ['descending levels', { levels: [0.9, 0.5] }, /levels/],
      ['a level twice', { levels: [0.5, 0.5] }, /levels/],
      ['a window that begins at no time', { from: Number.NaN }, /from/],
      ['an event that ends as it starts', { events: [{ ...sale(1), end: sale(1).start }] }, /event sale-1/],
      ['a stated peak of nothing', { events: [{ ...sale(1), statedPeakRatio: 0 }] }, /statedPeakRatio/],
      ['actuals in another step', { recent: { start: monday + dayMs, stepSeconds: 60, values: [1] } }, /stepSeconds/],
      ['actuals in microseconds', { recent: { start: 1000 * monday, stepSeconds: 300, values: [1] } }, /recent\.start/],
    ])('refuses %s and names the field', (_, change, message) => {
      const fitted = model.fit(madeUpDemand({ days: 1, stepSeconds: 300 }), { now: monday + dayMs, events: [] });
      const misuse = () => fitted.predict({ steps: 1, levels, events: [], ...change });
      expect(misuse).toThrow(RangeError);
      expect(misuse).toThrow(message);
    });

    test.each([
      ['a history without a step', { stepSeconds: 0 }, {}, /stepSeconds/],
      ['a step of a month', { stepSeconds: 2_592_000 }, {}, /stepSeconds/],
      ['a history that begins at no time', { start: Number.NaN }, {}, /history\.start/],
      ['a fit at no time', {}, { now: Number.NaN }, /now/],
      ['an event that ends before it starts', {}, { events: [{ ...sale(1), end: monday }] }, /event sale-1/],
    ])('refuses %s and names the field', (_, history, context, message) => {
      const misuse = () =>
        model.fit({ ...madeUpDemand({ days: 1 }), ...history }, { now: monday, events: [], ...context });
      expect(misuse).toThrow(RangeError);
      expect(misuse).toThrow(message);
    });

    test('answers for a year at once', () => {
      const history = madeUpDemand({ days: 15, stepSeconds: 3600 });
      const ask = { steps: 365 * 24, levels, events: [] };
      expectSound(model.fit(history, { now: monday + 15 * dayMs, events: [] }).predict(ask), 365 * 24);
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

    test('is no surer when the data are a week old', () => {
      const history = madeUpDemand({ days: 15, stepSeconds: 600 });
      const width = (late: number) => {
        const now = monday + 15 * dayMs + late;
        const { quantiles } = model.fit(history, { now, events: [] }).predict({ steps: 1, levels, events: [] });
        return (quantiles[3]?.values[0] ?? 0) - (quantiles[0]?.values[0] ?? 0);
      };
      expect(width(7 * dayMs)).toBeGreaterThanOrEqual(width(0));
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
          const { history, context, ask } = makeWildDemand(seed);
          expectSound(model.fit(history, context).predict(ask), ask.steps);
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

const poorHistories: readonly (readonly [string, Series])[] = [
  ['no history at all', { start: monday, stepSeconds: 60, values: [] }],
  ['one point', { start: monday, stepSeconds: 60, values: [7] }],
  ['nothing but gaps', { start: monday, stepSeconds: 60, values: new Array(500).fill(null) }],
  ['NaN and infinities as gaps', { start: monday, stepSeconds: 60, values: [Number.NaN, 1, Infinity, -Infinity, 2] }],
  ['a constant', { start: monday, stepSeconds: 300, values: new Array(3000).fill(42) }],
  ['nothing but zeros', { start: monday, stepSeconds: 300, values: new Array(3000).fill(0) }],
  [
    'negative values',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => Math.sin(i / 46) - 0.5) },
  ],
  [
    'a jump of 10⁹',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => (i > 2000 ? 1e9 : 1)) },
  ],
  [
    'a single outlier',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => (i === 2900 ? 5000 : 100)) },
  ],
  [
    'the largest numbers there are, of both signs',
    {
      start: monday,
      stepSeconds: 300,
      values: Array.from({ length: 3000 }, (_, i) => (Math.sin(i * i) > 0.9 ? Number.MAX_VALUE : -1e12 * Math.sin(i))),
    },
  ],
  ['three hours', { start: monday, stepSeconds: 60, values: Array.from({ length: 180 }, (_, i) => 10 + (i % 7)) }],
  ['a day and a half', madeUpDemand({ days: 1.5 })],
  ['daily steps for a year', madeUpDemand({ days: 365, stepSeconds: 86_400 })],
  ['weekly steps', madeUpDemand({ days: 364, stepSeconds: 604_800 })],
  ['steps of seven minutes', madeUpDemand({ days: 10, stepSeconds: 420 })],
  ['a hole of four days', holed(madeUpDemand({ days: 12, stepSeconds: 600 }))],
];

const wildHistory = fc.record({
  start: fc.integer({ min: 0, max: 1_900_000_000_000 }),
  stepSeconds: fc.constantFrom(15, 60, 300, 3600, 86_400),
  values: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.double({ min: -1e12, max: 1e12, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN, Infinity) },
    ),
    { maxLength: 400 },
  ),
});

function sale(day: number): Event {
  const start = monday + day * dayMs + 10 * hourMs;
  return { id: `sale-${day}`, start, end: start + 2 * hourMs, statedPeakRatio: 4, features: {} };
}

function holed(series: Series): Series {
  return { ...series, values: series.values.map((value, i) => (i > 600 && i < 1176 ? null : value)) };
}

function freeze(series: Series): Series {
  return Object.freeze({ ...series, values: Object.freeze(series.values) });
}
