import { describe, expect, test } from 'vitest';
import { demandFrom, type Event, levelProfile, type Series, totalDemand } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday, seededRandom } from '../../support/demand/made-up-demand.ts';

const past = [2, 5, 8, 11].map(day => sale(`past-${day}`, day));
const last = past.at(-1) as Event;
const next = sale('next', 14);
const eve = next.start - hourMs;
const history = madeUpDemand({ days: 15, sales: [...past, next].map(event => ({ event, peak: 4 })) });

describe('one outlier changes P50 and P95 of a sale by less than 5 % on average', () => {
  const places: readonly (readonly [string, number])[] = [
    ['on an ordinary day', monday + 6 * dayMs],
    ['in the last hour', eve - 20 * minuteMs],
    ['in the last step', eve - minuteMs],
    ['at the start of the last sale', last.start],
    ['in the middle of it', last.start + 50 * minuteMs],
    ['in its last minute', last.end - minuteMs],
    ['in its aftermath', last.end + 10 * minuteMs],
    ['more than an hour before it', last.start - hourMs - minuteMs],
  ];
  const plain = forecastOf(history);
  test.each(places)('%s', (_, place) => {
    for (const factor of [0, 1e-9, 50, 1e9]) expectNear(forecastOf(wildAt(place, factor)), plain);
  });

  test('at any position', () => {
    const random = seededRandom(7);
    for (let draw = 0; draw < 25; draw++) {
      const place = monday + minuteMs * Math.floor(random() * ((eve - monday) / minuteMs));
      expectNear(forecastOf(wildAt(place, 10 ** (18 * random() - 9))), plain);
    }
  });
});

describe('one outlier in the actual values changes a running sale by less than 25 %, until the next value', () => {
  test.each([
    ['the newest minute of the running sale', 29],
    ['its first minute', 0],
    ['a minute of ten minutes ago', 20],
  ])('%s', (_, minute) => {
    const live = (series: Series) => forecastOf(series, next.start + 30 * minuteMs);
    for (const factor of [0, 50, 1e9])
      expect(farthest(live(wildAt(next.start + minute * minuteMs, factor)), live(history))).toBeLessThan(1.25);
  });
});

describe('past sales that cannot be learned from', () => {
  const without = forecastOf(history, eve, past.slice(0, 3));
  const blank = (value: number | null, from: number, to: number): Series => ({
    ...history,
    values: history.values.map((known, i) => {
      const time = monday + i * minuteMs;
      return time >= from && time < to ? value : known;
    }),
  });

  test('a sale measured for less than half is ignored', () => {
    const { pastEvents } = forecastOf(blank(null, last.start + 40 * minuteMs, last.end));
    expect(pastEvents).toBe(3);
  });

  test('a gap in a sale is filled from the other sales', () => {
    const { pastEvents, ...rest } = forecastOf(blank(null, last.start + 40 * minuteMs, last.end - 30 * minuteMs));
    expect(pastEvents).toBe(4);
    expect(farthest({ pastEvents, ...rest }, forecastOf(history))).toBeLessThan(1.05);
  });

  test('a sale of zeros is an outage, not a past uplift', () => {
    const { pastEvents, ...rest } = forecastOf(blank(0, last.start - hourMs, last.end + hourMs));
    expect(pastEvents).toBe(3);
    expect(farthest({ pastEvents, ...rest }, without)).toBeLessThan(1.05);
  });

  test('a sale before the history began changes nothing', () => {
    const early = { ...sale('early', 0), start: monday - 30 * hourMs, end: monday - 28 * hourMs };
    expect(forecastOf(history, eve, [early, ...past])).toEqual(forecastOf(history));
  });
});

test('earlier runs of a sale with the same id count like any others', () => {
  const sameId = past.map(event => ({ ...event, id: next.id }));
  expect(forecastOf(history, eve, sameId)).toEqual(forecastOf(history));
});

test('of five hundred past sales the newest 40 are used', () => {
  const many = Array.from({ length: 500 }, (_, i): Event => {
    const start = monday + dayMs + i * 35 * minuteMs;
    return { ...last, id: `sale-${i}`, start, end: start + 10 * minuteMs };
  });
  expect(forecastOf(history, eve, many).pastEvents).toBe(40);
});

test.each([
  ['ten minutes', 1 / 6],
  ['seven days', 168],
])('a sale of %s learns from one that was as long', (_, hours) => {
  const [taught, asked] = [sale('taught', 3, hours), sale('asked', 16, hours)];
  const series = madeUpDemand({ days: 17, sales: [taught, asked].map(event => ({ event, peak: 4 })) });
  const input = { from: asked.start, steps: 10, levels: [0.5], events: [asked] };
  const fitted = demandFrom(levelProfile)(series, { now: asked.start - hourMs, events: [taught, asked] });
  const forecast = totalDemand(fitted.predict(input)).point;
  const actual = series.values.slice((asked.start - monday) / minuteMs).slice(0, 10);
  expect(Math.max(...forecast) / Math.max(...actual.map(Number))).toBeGreaterThan(0.75);
});

test('twenty sales at once add up to a finite sum', () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ ...next, id: `sale-${i}`, start: next.start + i * minuteMs }));
  const fitted = demandFrom(levelProfile)(history, { now: eve, events: [...past, ...many] });
  const { extras, ...rest } = fitted.predict({ from: next.start, steps: 60, levels: [0.95], events: many });
  const sum = totalDemand({ ...rest, extras }).quantiles[0]?.values ?? [];
  expect(extras).toHaveLength(20);
  expect(sum.every(Number.isFinite)).toBe(true);
});

interface Bands {
  readonly pastEvents: number | undefined;
  readonly p50: readonly number[];
  readonly p95: readonly number[];
}

/** The sale's next hour, fitted before its start, corrected by the actual values up to `now`. */
function forecastOf(series: Series, now = eve, events: readonly Event[] = past): Bands {
  const fitted = demandFrom(levelProfile)(series, { now: Math.min(now, eve), events: [...events, next] });
  const from = Math.max(now, next.start);
  const first = (from - 2 * hourMs - monday) / minuteMs;
  const values = series.values.slice(first, first + 120);
  const recent = now > eve ? { recent: { start: from - 2 * hourMs, stepSeconds: 60, values } } : {};
  const forecast = fitted.predict({ from, steps: 60, levels: [0.5, 0.95], events: [next], ...recent });
  const [p50 = [], p95 = []] = totalDemand(forecast).quantiles.map(quantile => quantile.values);
  return { pastEvents: forecast.extras[0]?.pastEvents, p50, p95 };
}

/** A wrong value at the start of a past sale may affect the first minute of the forecast. */
function expectNear(a: Bands, b: Bands): void {
  const mean = ({ p50, p95 }: Bands) => [...p50, ...p95].reduce((sum, value) => sum + value, 0);
  expect(farthest(a, b)).toBeLessThan(2);
  expect(Math.abs(Math.log(mean(a) / mean(b)))).toBeLessThan(0.05);
}

/** The largest ratio of the two forecasts at any step of P50 and P95. */
function farthest(a: Bands, b: Bands): number {
  const ratios = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value / (y[i] ?? Number.NaN));
  const both = [...ratios(a.p50, b.p50), ...ratios(a.p95, b.p95)];
  return Math.max(...both, ...both.map(ratio => 1 / ratio));
}

function wildAt(time: number, factor: number): Series {
  const wild = Math.floor((time - monday) / minuteMs);
  return { ...history, values: history.values.map((value, i) => (i === wild ? (value ?? 0) * factor : value)) };
}

function sale(id: string, day: number, hours = 2): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + hours * hourMs, statedPeakRatio: 5, features: {} };
}
