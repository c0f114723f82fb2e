import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, fitDemand, type Series, totalDemand } from '../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../support/demand/made-up-demand.ts';

const past = [3, 10, 17, 24].map(day => sale(`past-${day}`, day));
const last = past.at(-1) as Event;
const next = sale('next', 28);
const now = next.start - 90 * minuteMs;

/** What a source may write in place of a value. */
const wilds = {
  negative: () => -1,
  'far below zero': () => -1e15,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  overflow: () => 1e15,
  'per minute': (value: number) => 60 * value,
  thousands: (value: number) => 1000 * value,
  'per second again': (value: number) => value / 60,
  zero: () => 0,
} satisfies Readonly<Record<string, (value: number) => number>>;
const kind = fc.constantFrom(...(Object.keys(wilds) as (keyof typeof wilds)[]));

describe.each([600, 3600])('in 28 days in steps of %s s', stepSeconds => {
  const history = historyOf(28, stepSeconds);
  const plain = peakOf(history);
  const length = history.values.length;
  const stepMs = stepSeconds * 1000;

  test('a wild value older than the newest two steps moves the peak of a sale by less than 5 %, and is named', () => {
    fc.assert(
      fc.property(kind, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (name, share) => {
        const peak = peakOf(wildAt(history, name, Math.floor(share * (length - 2))));
        expectNear(peak, plain);
        // At the foot of a night a dip to 1/60 is hardly one.
        if (name !== 'per second again' && name !== 'zero')
          expect(peak.basis).toMatch(/; 1 (negative )?value .*left out$/);
      }),
      { seed: 10, numRuns: 40 },
    );
  });

  test('the same holds in a past sale, at its edges, and at the beginning of the history', () => {
    const index = (time: number) => Math.floor((time - monday) / stepMs);
    const places = [index(last.start) - 1, index(last.start), index(last.start) + 1, index(last.end) - 1, 0, 1];
    for (const place of places)
      for (const name of Object.keys(wilds) as (keyof typeof wilds)[])
        expectNear(peakOf(wildAt(history, name, place)), plain);
  });

  test('a run of three wild values on an ordinary day does not matter either', () => {
    fc.assert(
      fc.property(kind, fc.integer({ min: 5 * (dayMs / stepMs), max: 9 * (dayMs / stepMs) }), (name, place) => {
        expectNear(peakOf(wildAt(history, name, place, 3)), plain);
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  test('in the newest two steps it never lowers the peak', () => {
    for (const place of [length - 2, length - 1])
      for (const name of Object.keys(wilds) as (keyof typeof wilds)[])
        expectNotLower(peakOf(wildAt(history, name, place)), plain);
    expectNotLower(peakOf(wildAt(history, 'zero', length - 2, 2)), plain);
  });

  test('nor does it among the newest actuals, of which two hours are known beside the fit', () => {
    const count = Math.max(2, 7200 / stepSeconds);
    const live = (recent: Series) => peakOf({ ...history, values: history.values.slice(0, -count) }, next, recent);
    const recent = {
      ...history,
      start: history.start + (length - count) * stepMs,
      values: history.values.slice(-count),
    };
    const calm = live(recent);
    for (const place of [count - 2, count - 1])
      for (const name of Object.keys(wilds) as (keyof typeof wilds)[])
        expectNotLower(live(wildAt(recent, name, place)), calm);
  });
});

test('the scale stays logarithmic: one −1 in 50,520 minutes leaves the P95 of the peak where it was', () => {
  const history = historyOf(28, 60);
  const plain = peakOf(history);
  const peak = peakOf({ ...history, values: history.values.with(20_000, -1) });
  expectNear(peak, plain);
  expect(peak.basis).toMatch(/; 1 negative value left out$/);
});

test('of a day in minutes, too, a wild value changes little', () => {
  const sold = sale('tomorrow', 1);
  const history = historyOf(1, 60);
  const plain = peakOf(history, sold);
  for (const name of Object.keys(wilds) as (keyof typeof wilds)[])
    for (const place of [0, 1, 500, history.values.length - 3])
      expectNear(peakOf(wildAt(history, name, place), sold), plain);
});

test('each reason is counted, and a jump in the newest value is told and kept', () => {
  const history = historyOf(28, 3600);
  const values = history.values
    .with(100, -1)
    .with(200, -5)
    .with(300, Number.NaN)
    .with(400, 1e15)
    .with(410, 60 * Number(history.values[410]))
    .with(-1, 60 * Number(history.values.at(-1)));
  const { notes } = fitDemand({ ...history, values }, { now, events: past }).predict(asked(next, history));
  expect(notes?.map(({ message }) => message)).toEqual([
    '2 negative values left out',
    '1 value that is not finite left out',
    '1 value above 10¹² requests/s left out',
    '1 value far from its neighbours left out',
    expect.stringMatching(/^the newest value is [56]\d times the ones before$/),
  ]);
  expect(notes?.map(({ kind }) => kind)).toEqual(['LeftOut', 'LeftOut', 'LeftOut', 'LeftOut', 'Kept']);
  expect(notes?.[0]?.share).toBeCloseTo(2 / history.values.length);
});

test('what is wrong with the newest actuals is told as well, by the values that the fit has not seen', () => {
  const history = historyOf(28, 600);
  const known = history.values.length - 12;
  const fit = fitDemand({ ...history, values: history.values.slice(0, known).with(-1, 1e5) }, { now, events: past });
  const told = (change: (values: readonly (number | null)[]) => readonly (number | null)[]) => {
    const start = history.start + (known - 6) * 600_000;
    const recent = { ...history, start, values: change(history.values.slice(known - 6)) };
    return fit.predict({ ...asked(next, history), recent }).notes?.map(({ message }) => message) ?? [];
  };
  expect(fit.predict(asked(next, history)).notes?.map(({ kind }) => kind)).toEqual(['Kept']);
  expect(told(values => values)).toEqual([]);
  expect(told(values => values.with(10, -1))).toEqual(['1 negative value left out among the newest']);
  expect(told(values => values.with(-1, 0))).toEqual(['1 value far from its neighbours left out among the newest']);
  expect(told(values => values.with(3, -1))).toEqual([]);
  expect(told(values => values.with(-1, 1e6))).toEqual([
    expect.stringMatching(/^the newest value is \d+ times the ones before$/),
  ]);
});

test('sound data needs no note', () => {
  const history = historyOf(28, 3600);
  const demand = fitDemand(history, { now, events: past }).predict(asked(next, history));
  expect(demand.notes).toBeUndefined();
  expect(demand.basis).toMatch(/stated peak$/);
});

function historyOf(days: number, stepSeconds: number): Series {
  const sales = past.filter(({ end }) => end < monday + days * dayMs).map(event => ({ event, peak: 4 }));
  const history = madeUpDemand({ days: days + 1, stepSeconds, sales });
  const until = Math.floor((days * dayMs + 16.5 * hourMs) / (stepSeconds * 1000));
  return { ...history, values: history.values.slice(0, until) };
}

function peakOf(history: Series, event = next, recent?: Series) {
  const origin = event.start - 90 * minuteMs;
  const demand = fitDemand(history, { now: origin, events: [...past, event] }).predict({
    ...asked(event, history),
    ...(recent === undefined ? {} : { recent }),
  });
  const [p50 = 0, p95 = 0] = totalDemand(demand).quantiles.map(({ values }) => Math.max(...values));
  return { p50, p95, basis: demand.basis };
}

function asked(event: Event, { stepSeconds }: Series) {
  const steps = Math.ceil((event.end - event.start) / (stepSeconds * 1000));
  return { from: event.start, steps, levels: [0.5, 0.95], events: [event] };
}

function wildAt(history: Series, name: keyof typeof wilds, first: number, count = 1): Series {
  const values = history.values.map((value, i) =>
    i >= first && i < first + count ? wilds[name](Number(value)) : value,
  );
  return { ...history, values };
}

function expectNear(peak: ReturnType<typeof peakOf>, plain: ReturnType<typeof peakOf>): void {
  expect(Math.abs(peak.p50 / plain.p50 - 1)).toBeLessThan(0.05);
  expect(Math.abs(peak.p95 / plain.p95 - 1)).toBeLessThan(0.05);
}

function expectNotLower(peak: ReturnType<typeof peakOf>, plain: ReturnType<typeof peakOf>): void {
  expect(peak.p50 / plain.p50).toBeGreaterThan(0.98);
  expect(peak.p95 / plain.p95).toBeGreaterThan(0.98);
}

function sale(id: string, day: number): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio: 5, features: {} };
}
