import { describe, expect, test } from 'vitest';
import { type FittedDemand, fitDemand, type Series, wape } from '../../../forecasts/index.ts';
import { berlinClock, berlinShop, fallBack, springForward } from '../../support/demand/berlin-shop.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const stepMs = 5 * minuteMs;
const levels = [0.05, 0.5, 0.95];

function upTo({ start, values, ...rest }: Series, now: number): Series {
  return { ...rest, start, values: values.slice(0, Math.round((now - start) / stepMs)) };
}

function between(series: Series, from: number, to: number): Series {
  const { start, values } = upTo(series, to);
  return { ...series, start: from, values: values.slice(Math.round((from - start) / stepMs)) };
}

/** WAPE of the day after `origin`, and how often demand was above P95. */
function dayAhead(history: Series, origin: number, clock = berlinClock) {
  const fitted = fitDemand(upTo(history, origin), { now: origin, events: [], clock });
  const { base } = fitted.predict({ from: origin, steps: 288, levels, events: [] });
  const actual = between(history, origin, origin + dayMs).values;
  const above = base.quantiles[2]?.values.filter((value, i) => (actual[i] ?? 0) > value).length ?? 288;
  return { error: wape(actual, base.point), above };
}

describe.each([
  { name: 'put forward', change: springForward },
  { name: 'put back', change: fallBack },
])('28 days with a sharp peak at 20:00, clocks $name', ({ change }) => {
  const start = change - 49 * dayMs;
  const shops = [1, 2, 3].map(seed => berlinShop({ start, days: 62, seed }));

  test('the error over the change and on the days after is at most 1.1 times that where clocks stay', () => {
    const stay = { timeZone: 'Africa/Algiers', offsets: [{ from: 0, offsetMs: hourMs }] };
    const localOf = (time: number) => time + hourMs;
    const twins = [1, 2, 3].map(seed => berlinShop({ start, days: 62, seed, localOf }));
    for (const days of [0, 1, 2, 7]) {
      const origin = change - 13 * hourMs + days * dayMs;
      const changed = shops.reduce((sum, shop) => sum + dayAhead(shop, origin).error, 0);
      const ordinary = twins.reduce((sum, shop) => sum + dayAhead(shop, origin, stay).error, 0);
      expect(changed / ordinary).toBeLessThan(1.1);
    }
  });

  test('P95 holds over the change: no more than a tenth of the steps are above it', () => {
    for (const shop of shops) expect(dayAhead(shop, change - 13 * hourMs).above).toBeLessThanOrEqual(28);
  });

  test('in every hour of the night the next hour is forecast, near what comes', () => {
    const [shop] = shops;
    if (shop === undefined) throw new Error('no shop');
    for (let origin = change - 2 * hourMs; origin <= change + 2 * hourMs; origin += 20 * minuteMs)
      expect(nextHour(fitAt(shop, origin), shop, origin)).toBeLessThan(0.12);
  });

  test('so it is by a fit of the evening before that is told the demand since', () => {
    const [shop] = shops;
    if (shop === undefined) throw new Error('no shop');
    const evening = change - 50 * minuteMs;
    const fitted = fitAt(shop, evening);
    for (let origin = change - 40 * minuteMs; origin <= change + 2 * hourMs; origin += 20 * minuteMs)
      expect(nextHour(fitted, shop, origin, evening)).toBeLessThan(0.12);
  });
});

function fitAt(shop: Series, now: number): FittedDemand {
  return fitDemand(upTo(shop, now), { now, events: [], clock: berlinClock });
}

/** WAPE of the hour after `origin`, with the demand since `fit` told. */
function nextHour(fitted: FittedDemand, shop: Series, origin: number, fit?: number): number {
  const recent = fit === undefined ? {} : { recent: between(shop, fit, origin) };
  const { base } = fitted.predict({ from: origin, steps: 12, levels, events: [], ...recent });
  expect(base.start).toBe(origin);
  expect(base.point).toHaveLength(12);
  return wape(between(shop, origin, origin + hourMs).values, base.point);
}

test('in the hour that clocks show twice the demand of the last minutes still counts', () => {
  const shop = berlinShop({ start: fallBack - 28 * dayMs, days: 30 });
  const fit = fallBack - 10 * minuteMs;
  const origin = fallBack + 40 * minuteMs;
  const told = between(shop, fit, origin);
  const forecast = (factor: number) =>
    fitAt(shop, fit).predict({
      from: origin,
      steps: 3,
      levels,
      events: [],
      recent: { ...told, values: told.values.map(value => (value ?? 0) * factor) },
    }).base.point[0] ?? 0;
  expect(forecast(2) / forecast(1)).toBeGreaterThan(1.08);
});

test('a fixed offset changes nothing but where the days lie', () => {
  const shop = berlinShop({ start: Date.UTC(2026, 0, 5), days: 28 });
  const now = shop.start + 28 * dayMs;
  const offsetMs = -7 * hourMs;
  const clock = { timeZone: 'America/Phoenix', offsets: [{ from: 0, offsetMs }] };
  const options = { steps: 288, levels, events: [] };
  const there = fitDemand(shop, { now, events: [], clock }).predict({ ...options, from: now });
  const moved = fitDemand({ ...shop, start: shop.start + offsetMs }, { now: now + offsetMs, events: [] });
  const here = moved.predict({ ...options, from: now + offsetMs });
  expect(there.base.point).toEqual(here.base.point);
  expect(there.base.quantiles).toEqual(here.base.quantiles);
  expect(there.basis).toBe(here.basis.replace('days of UTC', 'days of America/Phoenix'));
});

test('a weekend begins at local midnight: Saturday 00:30 is Friday in UTC', () => {
  const quiet = (local: number) => ([2, 3].includes(Math.floor(local / dayMs) % 7) ? 0.3 : 1);
  const shop = berlinShop({ start: Date.UTC(2026, 5, 1, 22), days: 28, factorAt: quiet });
  // Friday, 26 June 2026, 21:00 in Berlin
  const origin = Date.UTC(2026, 5, 26, 19);
  const inUtc = dayAhead(shop, origin, { timeZone: 'UTC', offsets: [] }).error;
  expect(dayAhead(shop, origin).error / inUtc).toBeLessThan(0.8);
});

test('the basis names whose days they are', () => {
  const shop = berlinShop({ start: Date.UTC(2026, 5, 1), days: 14 });
  const now = shop.start + 14 * dayMs;
  const basisOf = (fitted: FittedDemand) => fitted.predict({ from: now, steps: 1, levels: [], events: [] }).basis;
  expect(basisOf(fitAt(shop, now))).toContain('; days of Europe/Berlin');
  expect(basisOf(fitDemand(shop, { now, events: [] }))).toContain('; days of UTC');
});
