import { type Event, fitDemand, type Series, totalDemand } from '../../../../forecasts/index.ts';
import { type ShopChangeName, shopChanges, stagedShop } from '../../demand/staged-shops.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';
import { reversedDays } from './reversed-days.ts';

const minuteMs = 60_000;
const draws = 12;
const leads = [
  { minutes: 1440, title: '24 h', wape: 0.44, excess: 1.5 },
  { minutes: 60, title: '1 h', wape: 0.37, excess: 1.5 },
  { minutes: 10, title: '10 min', wape: 0.32, excess: 1.1 },
];

/** One event, as forecast and as it came, one value per step of the event. */
interface Staged {
  readonly actual: readonly number[];
  readonly point: readonly number[];
  readonly p95: readonly number[];
}

/** Sales of made-up shops that grow, shrink, jump or change their hour, an hour before; and shops whose sales agree. */
export function judgeStagedShops(): BenchmarkTable {
  const names = Object.keys(shopChanges) as ShopChangeName[];
  const draw = (name: ShopChangeName, past: number) =>
    Array.from({ length: draws }, (_, seed) => {
      const { history, events } = stagedShop(name, seed + 1, past);
      return judge({ history, events }, events.at(-1) as Event, 60);
    });
  return {
    title: `made-up shops by stage, an hour before, ${draws} shops each`,
    figures: [
      ...names.flatMap(name => figuresOf(`${name}, 12 past`, draw(name, 12), {})),
      ...figuresOf('agree, 3 past', draw('agree', 3), { excess: 1 }),
      ...figuresOf('agree, 10 past', draw('agree', 10), { excess: 0.7 }),
    ],
  };
}

/** The middle and the last third of a site's events, from those before them; and the same in reverse order of days. */
export function judgeStagedEvents(history: Series, events: readonly Event[]): BenchmarkTable {
  const orders = [
    { order: 'as they came', site: { history, events } },
    { order: 'in reverse', site: reversedDays({ history, events }) },
  ];
  const third = Math.floor(events.length / 3);
  return {
    title: 'worldcup98 by thirds, during the events',
    figures: leads.flatMap(({ minutes, title, ...goal }) =>
      orders.flatMap(({ order, site }) =>
        [third, 2 * third].flatMap((first, i) => {
          const judged = site.events.slice(first, first + third).map(event => judge(site, event, minutes));
          return figuresOf(`${title} before, ${i === 0 ? 'middle' : 'last'} third ${order}`, judged, goal);
        }),
      ),
    ),
  };
}

function judge(
  { history, events }: { readonly history: Series; readonly events: readonly Event[] },
  event: Event,
  leadMinutes: number,
): Staged {
  const stepMs = history.stepSeconds * 1000;
  const now = event.start - leadMinutes * minuteMs;
  const steps = Math.round((event.end - event.start) / stepMs);
  const fitted = fitDemand(history, { now, events });
  const demand = totalDemand(fitted.predict({ from: event.start, steps, levels: [0.95], events: [event] }));
  const first = Math.round((event.start - history.start) / stepMs);
  const actual = history.values.slice(first, first + steps).map(value => value ?? Number.NaN);
  return { actual, point: demand.point, p95: demand.quantiles[0]?.values ?? [] };
}

function figuresOf(
  name: string,
  judged: readonly Staged[],
  goal: { readonly wape?: number; readonly excess?: number },
): readonly Figure[] {
  const steps = judged.flatMap(({ actual, point, p95 }) =>
    actual.flatMap((y, i) => (Number.isNaN(y) ? [] : [{ y, point: point[i] as number, p95: p95[i] as number }])),
  );
  const load = sum(steps.map(({ y }) => y));
  const highest = (values: readonly number[]) => Math.max(...values.filter(value => !Number.isNaN(value)));
  const peaks = judged.map(({ actual, point }) => highest(point) / highest(actual) - 1);
  const must = (bound: number | undefined) => (bound === undefined ? {} : { must: bound });
  return [
    {
      measure: `WAPE, ${name}`,
      value: sum(steps.map(({ y, point }) => Math.abs(y - point))) / load,
      ...must(goal.wape),
    },
    { measure: '  peak error, mean, sign kept', value: sum(peaks) / peaks.length, must: [-0.12, 0.12] },
    { measure: '  P95 coverage', value: share(steps.map(({ y, p95 }) => y <= p95)), must: [0.9, 1] },
    {
      measure: '  share of peaks under P95',
      value: share(judged.map(({ actual, p95 }) => highest(actual) <= highest(p95))),
      must: [0.9, 1],
    },
    {
      measure: '  excess of P95 as capacity',
      value: sum(steps.map(({ y, p95 }) => Math.max(0, p95 - y))) / load,
      ...must(goal.excess),
    },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(values: readonly boolean[]): number {
  return sum(values.map(Number)) / values.length;
}
