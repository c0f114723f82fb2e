import { describe, expect, test } from 'vitest';
import { fitDemand, type Series, wape } from '../../../forecasts/index.ts';
import { berlinClock, berlinShop } from '../../support/demand/berlin-shop.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const dayOf = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) / dayMs;
/** Monday, 25 May, and Thursday, 4 June 2026. */
const [whitMonday, corpusChristi] = [dayOf(2026, 5, 25), dayOf(2026, 6, 4)];
const start = Date.UTC(2026, 4, 5, 22);

/** A shop whose demand is `factor` times that of an ordinary day on each of `days`. */
function shopWith(days: readonly number[], factor: number, length = 44): Series {
  const factorAt = (local: number) => (days.includes(Math.floor(local / dayMs)) ? factor : 1);
  return berlinShop({ start, days: length, factorAt });
}

/** The forecast of a local day from its midnight, and what came; holidays have a name each, or all the same. */
function forecastOf(shop: Series, day: number, holidays: readonly number[], names: readonly string[] = []) {
  const from = day * dayMs - 2 * hourMs;
  const first = Math.round((from - shop.start) / 300_000);
  const known = { ...shop, values: shop.values.slice(0, first) };
  const calendar = holidays.map((holiday, k) => ({ name: names[k] ?? 'holiday', day: holiday }));
  const clock = { ...berlinClock, holidays: calendar };
  const fitted = fitDemand(known, { now: from, events: [], clock });
  const { base, basis } = fitted.predict({ from, steps: 288, levels: [0.05, 0.95], events: [] });
  const actual = shop.values.slice(first, first + 288);
  const mean = base.point.reduce((sum, value) => sum + value, 0) / 288;
  return { error: wape(actual, base.point), mean, base, basis, actual };
}

describe('a holiday without a past one', () => {
  // weekends of this shop have 0.7 of the demand of working days
  const shop = shopWith([whitMonday], 0.7);

  test('is forecast as a Sunday, not as its weekday', () => {
    const told = forecastOf(shop, whitMonday, [whitMonday]);
    const untold = forecastOf(shop, whitMonday, []);
    expect(told.error).toBeLessThan(0.06);
    expect(untold.error).toBeGreaterThan(0.3);
    expect(told.basis).toContain('days of Europe/Berlin, no past holiday');
  });

  test('has a band that reaches to an ordinary day, as nothing has shown yet what it will be', () => {
    const ordinary = shopWith([], 1);
    const { base, actual } = forecastOf(ordinary, whitMonday, [whitMonday]);
    const above = actual.filter((value, i) => (value ?? 0) > 1.15 * (base.quantiles[1]?.values[i] ?? 0));
    expect(above.length).toBeLessThan(15);
  });

  test('leaves the day after as it is', () => {
    const { error } = forecastOf(shop, whitMonday + 1, [whitMonday]);
    expect(error).toBeLessThan(0.06);
    expect(forecastOf(shop, whitMonday + 7, [whitMonday]).error).toBeLessThan(0.06);
  });
});

test('the next holiday follows what the last one did', () => {
  const shop = shopWith([whitMonday, corpusChristi], 1.4);
  const holidays = [whitMonday, corpusChristi];
  const { mean, error, basis } = forecastOf(shop, corpusChristi, holidays);
  const unlearned = forecastOf(shopWith([corpusChristi], 1.4), corpusChristi, [corpusChristi]);
  expect(mean / unlearned.mean).toBeGreaterThan(1.25);
  expect(error).toBeLessThan(0.75 * unlearned.error);
  expect(basis).toContain('1 past holiday');
});

test('a past holiday does not count as a day like others', () => {
  const shop = shopWith([whitMonday], 0.2);
  const sunday = dayOf(2026, 5, 31);
  const told = forecastOf(shop, sunday, [whitMonday]);
  const monday = forecastOf(shop, whitMonday + 7, [whitMonday]);
  expect([told.error, monday.error].map(error => error < 0.06)).toEqual([true, true]);
});

describe('holidays of different names', () => {
  /** A Thursday and a Friday, and the same three weeks later: the Fridays have the demand of an ordinary day. */
  const [ascension, bridge, laterBridge] = [dayOf(2026, 5, 14), dayOf(2026, 5, 15), dayOf(2026, 6, 5)];
  const shop = shopWith([ascension, whitMonday, corpusChristi], 0.7);
  const holidays = [ascension, bridge, whitMonday, corpusChristi, laterBridge];
  const told = ['Ascension', 'bridge day', 'Whit Monday', 'Corpus Christi', 'bridge day'];
  const ofKinds = (day: number) => forecastOf(shop, day, holidays, told);

  test('are different kinds: a bridge day follows the bridge days more than the others', () => {
    const alike = forecastOf(shop, laterBridge, holidays);
    expect(ofKinds(laterBridge).error).toBeLessThan(0.85 * alike.error);
  });

  test('lend what they did to one of a name never seen, as if they were of one kind', () => {
    expect(ofKinds(corpusChristi).mean).toBeCloseTo(forecastOf(shop, corpusChristi, holidays).mean, 6);
  });

  test('leave one of a name never seen in more doubt than as many of its own name would', () => {
    const upperOf = ({ base }: ReturnType<typeof forecastOf>) =>
      base.quantiles[1]?.values.reduce((sum, value) => sum + value, 0) ?? 0;
    expect(upperOf(ofKinds(corpusChristi))).toBeGreaterThan(1.005 * upperOf(forecastOf(shop, corpusChristi, holidays)));
  });
});
