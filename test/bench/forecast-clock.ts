import { fitDemand, type Series, type ShopClock, wape } from '../../forecasts/index.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/bench/benchmark.ts';
import { berlinClock, berlinShop, fallBack, springForward } from '../support/demand/berlin-shop.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stepMs = 300_000;
const seeds = [1, 2, 3, 4, 5, 6];
const stay: ShopClock = { timeZone: 'Africa/Algiers', offsets: [{ from: 0, offsetMs: hourMs }] };

/** Forecasts over both changes of the clocks, and of holidays, in the shop's local time. */
export const run: RunBenchmark = () => ({
  settings: [
    '28 days at 5 minutes of made-up shops with a wave over the day, quieter weekends and a peak of half an hour at 20:00 Europe/Berlin; six shops, forecasts of a day made at noon before the change, and one, two and seven days after',
    'an ordinary day is the same day of the same shop where clocks stay',
    'holidays: a Monday with the demand of a Sunday, and a second one, after a first with 1.4 times that of an ordinary day; a bridge day with the demand of an ordinary day, after one bridge day and three holidays with that of a Sunday',
  ],
  tables: [clockTable('put forward', springForward), clockTable('put back', fallBack), holidayTable()],
  skipped: [],
});

/** How a day's forecast did. */
interface Day {
  readonly error: number;
  /** Share of the steps at or below P95. */
  readonly covered: number;
}

function dayAhead(shop: Series, origin: number, clock?: ShopClock): Day {
  const first = Math.round((origin - shop.start) / stepMs);
  const from = Math.max(0, first - (28 * dayMs) / stepMs);
  const known = { ...shop, start: shop.start + from * stepMs, values: shop.values.slice(from, first) };
  const fitted = fitDemand(known, { now: origin, events: [], ...(clock === undefined ? {} : { clock }) });
  const { base } = fitted.predict({ from: origin, steps: 288, levels: [0.95], events: [] });
  const actual = shop.values.slice(first, first + 288);
  const covered = actual.filter((value, i) => (value ?? 0) <= (base.quantiles[0]?.values[i] ?? 0)).length;
  return { error: wape(actual, base.point), covered: covered / actual.length };
}

function clockTable(how: string, change: number): BenchmarkTable {
  const start = change - 49 * dayMs;
  const shops = seeds.map(seed => berlinShop({ start, days: 62, seed }));
  const localOf = (time: number) => time + hourMs;
  const twins = seeds.map(seed => berlinShop({ start, days: 62, seed, localOf }));
  const origins = [0, 1, 2, 7].map(days => change - 13 * hourMs + days * dayMs);
  const over = (sets: readonly Series[], clock?: ShopClock) => {
    const days = sets.flatMap(shop => origins.map(origin => dayAhead(shop, origin, clock)));
    return { error: meanOf(days.map(({ error }) => error)), covered: meanOf(days.map(({ covered }) => covered)) };
  };
  const [ordinary, local, utc] = [over(twins, stay), over(shops, berlinClock), over(shops)];
  return {
    title: `Clocks ${how}: 28 days at 5 minutes, a sharp peak at 20:00`,
    figures: [
      { measure: 'WAPE of a day where clocks stay', value: ordinary.error },
      { measure: 'WAPE over the change and after, in local time', value: local.error },
      { measure: '… ÷ that where clocks stay', value: local.error / ordinary.error, must: 1.1, stretch: 1.03 },
      { measure: '… P95 coverage', value: local.covered, must: [0.92, 1] },
      { measure: 'WAPE over the change and after, in UTC', value: utc.error },
      { measure: '… P95 coverage', value: utc.covered },
    ],
  };
}

function holidayTable(): BenchmarkTable {
  const dayOf = (month: number, date: number) => Date.UTC(2026, month - 1, date) / dayMs;
  const [first, second] = [dayOf(5, 25), dayOf(6, 4)];
  const [ascension, bridge, laterBridge] = [dayOf(5, 14), dayOf(5, 15), dayOf(6, 5)];
  const judge = (
    holidays: readonly number[],
    factor: number,
    day: number,
    told: readonly number[],
    bridges: readonly number[] = [],
  ) => {
    const factorAt = (local: number) => (holidays.includes(Math.floor(local / dayMs)) ? factor : 1);
    const nameOf = (holiday: number) => (bridges.includes(holiday) ? 'bridge day' : 'holiday');
    const calendar = told.map(holiday => ({ name: nameOf(holiday), day: holiday }));
    const days = seeds.map(seed => {
      const shop = berlinShop({ start: Date.UTC(2026, 4, 5, 22), days: 44, seed, factorAt });
      return dayAhead(shop, day * dayMs - 2 * hourMs, { ...berlinClock, holidays: calendar });
    });
    return meanOf(days.map(({ error }) => error));
  };
  const judgeBridge = (bridges: readonly number[]) =>
    judge([ascension, first, second], 0.7, laterBridge, [ascension, bridge, first, second, laterBridge], bridges);
  const figures: Figure[] = [
    { measure: 'WAPE of a Monday like a Sunday, in no calendar', value: judge([first], 0.7, first, []) },
    { measure: '… in the calendar, none seen before', value: judge([first], 0.7, first, [first]), must: 0.06 },
    { measure: '… the day after', value: judge([first], 0.7, first + 1, [first]), must: 0.06 },
    {
      measure: 'WAPE of a holiday with 1.4 times the demand, none seen before',
      value: judge([second], 1.4, second, [second]),
    },
    { measure: '… one seen before', value: judge([first, second], 1.4, second, [first, second]) },
    { measure: 'WAPE of a bridge day, all of one name', value: judgeBridge([]) },
    { measure: '… by a name of its own', value: judgeBridge([bridge, laterBridge]), must: 0.2 },
  ];
  return { title: 'Holidays of a calendar', figures };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
