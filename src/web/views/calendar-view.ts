import { readable } from '../../observe/namespace-objects.ts';
import type { PageSource } from '../page-source.ts';
import { type ExtraSpan, extraSpans } from './extra-spans.ts';
import { type FrozenTime, freezesOf } from './freezes.ts';
import { rowOfPlan, rowOfSale, type SaleRow } from './sale-row.ts';

/** All sales of the namespaces that a viewer may see, and what the cluster is asked for week by week. */
export interface CalendarView {
  /** Epoch ms. */
  readonly asOf: number;
  /** Running first, then coming by their start, then past ones, newest first. */
  readonly sales: readonly CalendarRow[];
  readonly weeks: readonly CalendarWeek[];
  /** Times in which pod templates are frozen for sales, by their start; what is over is left out. */
  readonly freezes: readonly FrozenTime[];
  /** Objects that could not be read, by namespace and name. */
  readonly unreadable: readonly string[];
}

export interface CalendarRow extends SaleRow {
  /** Other sales at the same time in the same namespace, by name. */
  readonly overlaps: readonly string[];
}

/** One week from Monday, 00:00 UTC. */
export interface CalendarWeek {
  readonly start: number;
  readonly sales: number;
  /** Most replicas above the baselines at once that the plans ask for. */
  readonly extraReplicas: number;
  /** Replica-hours above the baselines. */
  readonly replicaHours: number;
  /** What these replica-hours cost where policies state it, one amount a currency. */
  readonly money: readonly { readonly currency: string; readonly amount: number }[];
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** 1970-01-05 was the first Monday. */
const firstMonday = 4 * dayMs;
const order = { Running: 0, Coming: 1, Cancelled: 2, Past: 3 };

/** Makes the calendar of these namespaces. */
export function calendarView(source: PageSource, namespaces: readonly string[]): CalendarView {
  const now = source.now();
  const read = namespaces.map(namespace => ({ namespace, objects: source.read(namespace) }));
  const rows = read.flatMap(({ objects }) => {
    const sales = readable(objects.sales);
    const plans = readable(objects.salePlans);
    const byName = new Map(sales.map(sale => [sale.metadata.name, sale]));
    const planned = new Set(plans.map(({ spec }) => spec.sale.name));
    return [
      ...plans.map(plan => rowOfPlan(plan, byName.get(plan.spec.sale.name), now)),
      ...sales.filter(({ metadata }) => !planned.has(metadata.name)).map(sale => rowOfSale(sale, now)),
    ];
  });
  const unreadable = read.flatMap(({ namespace, objects }) =>
    [...objects.sales, ...objects.salePlans, ...objects.targets].flatMap(one =>
      'unreadable' in one ? [`${one.unreadable.kind} ${namespace}/${one.unreadable.name}`] : [],
    ),
  );
  return {
    asOf: now,
    sales: rows.map(row => ({ ...row, overlaps: overlapsOf(row, rows) })).sort(compareRows),
    weeks: weeksOf(read.flatMap(({ objects }) => extraSpans(objects))),
    freezes: read
      .flatMap(({ namespace, objects }) => freezesOf(namespace, objects, now))
      .sort((a, b) => a.start - b.start),
    unreadable,
  };
}

function compareRows(a: SaleRow, b: SaleRow): number {
  if (a.stage !== b.stage) return order[a.stage] - order[b.stage];
  return a.stage === 'Past' ? b.start - a.start : a.start - b.start;
}

function overlapsOf(row: SaleRow, rows: readonly SaleRow[]): readonly string[] {
  const { namespace, start, end, stage } = row;
  if (stage === 'Past' || stage === 'Cancelled') return [];
  return rows
    .filter(
      other =>
        other !== row &&
        other.namespace === namespace &&
        other.stage !== 'Cancelled' &&
        other.start < end &&
        start < other.end,
    )
    .map(({ sale }) => sale)
    .sort();
}

function weeksOf(spans: readonly ExtraSpan[]): readonly CalendarWeek[] {
  const pieces = spans.flatMap(splitByWeek);
  return [...Map.groupBy(pieces, ({ week }) => week)]
    .map(([week, inside]) => ({
      start: firstMonday + week * weekMs,
      sales: new Set(inside.map(({ salePlan }) => salePlan)).size,
      extraReplicas: highestSum(inside),
      replicaHours: Math.round(sumOf(inside, hoursOf)),
      money: moneyOf(inside),
    }))
    .sort((a, b) => a.start - b.start);
}

function hoursOf({ from, until, extra }: ExtraSpan): number {
  return (extra * (until - from)) / 3_600_000;
}

function moneyOf(spans: readonly ExtraSpan[]): CalendarWeek['money'] {
  const priced = spans.flatMap(span => (span.price === undefined ? [] : { ...span.price, hours: hoursOf(span) }));
  return [...Map.groupBy(priced, ({ currency }) => currency)]
    .map(([currency, parts]) => ({ currency, amount: sumOf(parts, ({ hours, perHour }) => hours * perHour) }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function sumOf<T>(all: readonly T[], part: (one: T) => number): number {
  return all.reduce((sum, one) => sum + part(one), 0);
}

function splitByWeek(span: ExtraSpan): readonly (ExtraSpan & { readonly week: number })[] {
  const first = Math.floor((span.from - firstMonday) / weekMs);
  const last = Math.floor((span.until - 1 - firstMonday) / weekMs);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const begin = firstMonday + (first + index) * weekMs;
    return {
      ...span,
      week: first + index,
      from: Math.max(span.from, begin),
      until: Math.min(span.until, begin + weekMs),
    };
  });
}

/** The largest sum of spans that hold at once. */
function highestSum(spans: readonly ExtraSpan[]): number {
  const changes = spans
    .flatMap(({ from, until, extra }) => [[from, extra] as const, [until, -extra] as const])
    .sort(([a, up], [b, down]) => a - b || up - down);
  let [sum, highest] = [0, 0];
  for (const [, change] of changes) {
    sum += change;
    highest = Math.max(highest, sum);
  }
  return highest;
}
