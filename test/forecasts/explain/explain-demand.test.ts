import { describe, expect, test } from 'vitest';
import {
  demandFrom,
  type Event,
  type Explanation,
  ensemble,
  fitDemand,
  lastValue,
  levelProfile,
  type Series,
  totalDemand,
} from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const past = [3, 9, 15, 20].map(day => sale(`past-${day}`, day, 6));
const next = sale('next', 26, 5);
const days = 28;
const withSales = madeUpDemand({
  days,
  stepSeconds: 300,
  sales: [...past, next].map((event, k) => ({ event, peak: 4 + k })),
});
const allNegative = { ...withSales, values: withSales.values.map(value => -(value ?? 0)) };
const now = next.start - 5 * hourMs;

describe('the parts sum to the forecast on its own scale', () => {
  test.each<[string, Series, Parameters<typeof demandFrom>[0], readonly Event[], number]>([
    ['level × profile, no sale', withSales, levelProfile, [], now],
    ['the ensemble, a sale ahead', withSales, ensemble, [next], now],
    ['a running sale', withSales, ensemble, [next], next.start + 20 * minuteMs],
    ['two sales at once', withSales, levelProfile, [next, { ...next, id: 'other', statedPeakRatio: 2 }], now],
    ['a raw scale', allNegative, levelProfile, [next], now],
    ['the last value alone', withSales, lastValue, [next], now],
    ['no history', { ...withSales, values: [] }, levelProfile, [next], now],
  ])('%s', (_, history, model, sales, origin) => {
    const fitted = demandFrom(model)(upTo(history, now), { now, events: [...past, ...sales] });
    const recent = { ...history, start: now, values: valuesBetween(history, now, origin) };
    const input = { from: origin, steps: 120, levels: [0.5], events: sales, ...(origin > now ? { recent } : {}) };
    const total = totalDemand(fitted.predict(input));
    for (const step of [0, 30, 60, 61, 75, 100, 119]) {
      const explanation = fitted.explain({ ...input, at: total.start + step * 300_000 });
      expect(explanation.point).toBe(total.point[step]);
      expect(sumOf(explanation.parts)).toBeCloseTo(scaled(explanation), 9);
      expect(explanation.parts.at(-1)?.runningTotal).toBeCloseTo(explanation.point, 6);
      for (const event of explanation.events) expect(sumOf(event.parts)).toBeCloseTo(event.amount, 9);
    }
  });
});

test('explains the highest step by default', () => {
  const fitted = fitDemand(upTo(withSales, now), { now, events: [...past, next] });
  const { at, events } = fitted.explain({ from: now, steps: 120, levels: [], events: [next] });
  expect(at).toBeGreaterThanOrEqual(next.start);
  expect(at).toBeLessThan(next.start + 30 * minuteMs);
  expect(events.map(({ event }) => event)).toEqual(['next']);
});

test('refuses a moment outside the forecast', () => {
  const fitted = fitDemand(upTo(withSales, now), { now, events: [] });
  const input = { from: now, steps: 12, levels: [], events: [] };
  expect(() => fitted.explain({ ...input, at: now + 2 * hourMs })).toThrow(/at must lie in the 12 steps/);
});

test('attributes nothing to the models for level × profile', () => {
  const fitted = demandFrom(levelProfile)(upTo(withSales, now), { now, events: past });
  expect(partOf(fitted.explain({ from: now, steps: 288, levels: [], events: [] }), 'models')).toBeCloseTo(0, 9);
});

test('distinguishes a weekend from a working day', () => {
  const fitted = demandFrom(levelProfile)(upTo(withSales, now), { now, events: past });
  const week = (day: number) =>
    partOf(fitted.explain({ from: monday + day * dayMs + 10 * hourMs, steps: 1, levels: [], events: [] }), 'week');
  expect(week(28)).toBeCloseTo(0, 9);
  expect(week(33)).toBeCloseTo(Math.log(0.8), 1);
});

test('reports the evidence for day and week without sales', () => {
  const { seasons } = fitDemand(upTo(withSales, now), { now, events: past }).explain({
    from: now,
    steps: 12,
    levels: [],
    events: [],
  });
  expect(seasons.map(({ name, found }) => ({ name, found }))).toEqual([
    { name: 'day', found: true },
    { name: 'week', found: true },
  ]);
});

test('names the members of the ensemble with weights that sum to 1', () => {
  const { members } = demandFrom(ensemble)(upTo(withSales, now), { now, events: past }).explain({
    from: now,
    steps: 12,
    levels: [],
    events: [],
  });
  expect(members.length).toBeGreaterThan(1);
  expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
});

describe('a sale', () => {
  const explain = (events: readonly Event[], asked: Event, origin = now) =>
    fitDemand(upTo(withSales, origin), { now: origin, events }).explain({
      from: asked.start,
      steps: 24,
      levels: [],
      events: [asked],
    }).events[0];

  test('is learned from past ones, more from similar ones', () => {
    const night = {
      ...sale('night', 18, 3),
      start: monday + 18 * dayMs + 2 * hourMs,
      end: monday + 18 * dayMs + 4 * hourMs,
    };
    const found = explain([...past, night, next], next);
    const byId = Object.fromEntries((found?.pastSales ?? []).map(one => [one.event, one]));
    expect(Object.keys(byId).sort()).toEqual(['night', ...past.map(({ id }) => id)].sort());
    expect(byId['past-20']?.likeness).toBeGreaterThan(0.9);
    expect(byId.night?.likeness).toBeLessThan(0.2);
    expect(byId['past-20']?.share).toBeGreaterThan(byId.night?.share ?? 1);
    expect(Math.exp(byId['past-20']?.uplift ?? 0)).toBeGreaterThan(3);
  });

  test('follows its stated peak alone without past sales, in part with them', () => {
    const alone = explain([next], next)?.statement;
    const taught = explain([...past, next], next)?.statement;
    expect(alone?.peakRatio).toBe(5);
    expect(alone?.trust).toBe(1);
    expect(alone?.moved).toBeGreaterThan(0);
    expect(taught?.trust).toBeGreaterThan(0.1);
    expect(taught?.trust).toBeLessThan(0.9);
    expect(Math.abs(taught?.moved ?? 1)).toBeLessThan(alone?.moved ?? 0);
  });

  test('without a stated peak has no statement', () => {
    const { statedPeakRatio: _, ...unstated } = next;
    expect(explain([...past, unstated], unstated)?.statement).toBeUndefined();
  });
});

function sale(id: string, day: number, statedPeakRatio: number): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio, features: {} };
}

function upTo(history: Series, time: number): Series {
  return { ...history, values: valuesBetween(history, history.start, time) };
}

function valuesBetween({ start, stepSeconds, values }: Series, from: number, until: number) {
  return values.slice((from - start) / (1000 * stepSeconds), (until - start) / (1000 * stepSeconds));
}

function sumOf(parts: readonly { readonly amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

function scaled({ scale, offset, point }: Explanation): number {
  return scale === 'log' ? Math.log(point + offset) : point;
}

function partOf({ parts }: Explanation, kind: string): number {
  return sumOf(parts.filter(part => part.kind === kind));
}
