import type { CallGraph } from '../../api/call-graph.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { Observation } from '../../observe/observation.ts';
import type { SaleEnding } from '../../observe/sale-ending.ts';
import { sentenceOf } from '../condition.ts';
import { announcedOccurrences } from './announced-occurrences.ts';
import type { SeriesDates } from './describe-series.ts';
import { describeEntryPoints } from './entry-points.ts';
import { newestRecords } from './newest-records.ts';
import type { Occurrence } from './occurrence.ts';
import { type RefusedSale, recordedOccurrence } from './recorded-occurrence.ts';
import type { Refusal } from './refusal.ts';
import { showOccurrences, type WaitingSale } from './show-occurrences.ts';
import { similarSales } from './similar-sales.ts';
import { stockOfSale } from './sold-out.ts';

export interface Occurrences {
  /** By start, then by name. */
  readonly occurrences: readonly Occurrence[];
  /** Recurring sales whose status describes a date that is not planned yet, by name. */
  readonly waiting: readonly WaitingSale[];
  /** Why each refused FlashSale is refused, by name. */
  readonly refused: ReadonlyMap<string, Refusal>;
}

/**
 * Lists all occurrences of all sales, past ones too, each once, under the name of its SalePlan.
 *
 *   FlashSale                       its SalePlan               →  occurrence
 *   accepted                        any                           as the FlashSale states (announced-occurrences.ts)
 *   cancelled, even if refused      any                           called off
 *   deleted, even if refused        any                           called off, as far as the SalePlan recorded it
 *   refused                         newest, planned, not over     as last accepted, with the earlier of both ends
 *   refused                         anything else                 only what the SalePlan recorded as happened
 *   gone                            newest, raised                as last accepted, for a while (gone-sale.ts)
 *   gone                            anything else                 called off, as far as the SalePlan recorded it
 *   moved                           any                           called off, as far as the SalePlan recorded it
 */
export function saleOccurrences(observation: Observation, graph: CallGraph): Occurrences {
  const { now, salePlans } = observation;
  const dates = new Map((observation.dates ?? []).map(one => [one.sale, one]));
  const refused = refusedSales(observation, dates, graph);
  const accepted = observation.sales.filter(
    ({ metadata }) => !refused.has(metadata.name) && metadata.deletionTimestamp === undefined,
  );
  const ofSale = Map.groupBy(salePlans, ({ spec }) => spec.sale.name);
  const announced = accepted.flatMap(sale => {
    const { name } = sale.metadata;
    const sources = { dates: dates.get(name), records: ofSale.get(name) ?? [], graph, now };
    return announcedOccurrences(sale, sources).map(occurrence => withSeen(occurrence, observation));
  });
  const names = new Set(announced.map(({ salePlan }) => salePlan));
  const newest = newestRecords(salePlans, now);
  const present = new Set(observation.sales.map(({ metadata }) => metadata.name));
  const absent = (name: string) =>
    present.has(name) ? undefined : { isDeletionSeen: observation.deletedSales?.includes(name) ?? false };
  const recorded = salePlans
    .filter(record => !names.has(record.metadata.name))
    .flatMap(record => {
      const sale = newest.has(record)
        ? (refused.get(record.spec.sale.name) ?? absent(record.spec.sale.name))
        : undefined;
      return recordedOccurrence({ record, sale, now, graph });
    });
  const all = [...announced, ...recorded].sort(byStart);
  const similar = all.map(occurrence => {
    const past = similarSales(occurrence, all);
    return past === undefined ? occurrence : { ...occurrence, similar: past };
  });
  return {
    ...showOccurrences({ occurrences: similar, accepted, dates, now }),
    refused: new Map([...refused].map(([name, { refusal }]) => [name, refusal])),
  };
}

function refusedSales(
  observation: Observation,
  dates: ReadonlyMap<string, SeriesDates>,
  graph: CallGraph,
): ReadonlyMap<string, RefusedSale> {
  const unreadable = observation.unreadable
    .filter(({ kind }) => kind === 'FlashSale')
    .map(({ name, message, ending }): [string, RefusedSale] => [
      name,
      { refusal: { reason: 'Invalid', message: sentenceOf(message) }, ending: ending ?? { isCancelled: false } },
    ]);
  const stated = observation.sales.flatMap((sale): [string, RefusedSale][] => {
    const refusal =
      describeRecurrence(sale, dates.get(sale.metadata.name)) ?? describeEntryPoints(sale.spec, observation, graph);
    return refusal === undefined ? [] : [[sale.metadata.name, { refusal, ending: endingOf(sale) }]];
  });
  return new Map([...unreadable, ...stated]);
}

/** Why the dates of a recurring sale are not known. */
function describeRecurrence({ spec }: FlashSale, dates: SeriesDates | undefined): Refusal | undefined {
  if (spec.recurrence === undefined) return undefined;
  const fault = dates === undefined ? 'was not followed' : dates.fault;
  return fault === undefined
    ? undefined
    : { reason: 'Invalid', message: `spec.recurrence.rule ${spec.recurrence.rule} ${sentenceOf(fault)}` };
}

function endingOf({ metadata, spec }: FlashSale): SaleEnding {
  const { deletionTimestamp } = metadata;
  return {
    ...(deletionTimestamp === undefined ? {} : { deletedAt: parseInstant(deletionTimestamp) }),
    isCancelled: spec.cancelled,
    ...(spec.recurrence === undefined ? { end: parseInstant(spec.endTime) } : {}),
  };
}

/** Adds what is seen of a sale: its stock, and which fields it was read without. */
function withSeen(occurrence: Occurrence, observation: Observation): Occurrence {
  const stock = occurrence.calledOff === undefined ? stockOfSale(occurrence, observation) : {};
  const leftOut = ownValue(observation.leftOut ?? {}, occurrence.sale);
  return {
    ...occurrence,
    ...(Object.keys(stock).length === 0 ? {} : { stock }),
    ...(leftOut === undefined ? {} : { leftOut }),
  };
}

function byStart(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || (a.salePlan < b.salePlan ? -1 : 1);
}
