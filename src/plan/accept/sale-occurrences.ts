import { type CallGraph, reach } from '../../api/call-graph.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import { type SalePlan, salePlanName } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { SaleEnding } from '../../observe/sale-ending.ts';
import { sentenceOf } from '../condition.ts';
import { describeEntryPoints, entryPointsOf } from './entry-points.ts';
import { lastSeen } from './last-seen.ts';
import { newestRecords } from './newest-records.ts';
import type { Occurrence } from './occurrence.ts';
import { type RefusedSale, recordedOccurrence } from './recorded-occurrence.ts';
import type { Refusal } from './refusal.ts';
import { similarSales } from './similar-sales.ts';
import { stockOfSale } from './sold-out.ts';

export interface Occurrences {
  /** By start, then by name. */
  readonly occurrences: readonly Occurrence[];
  /** Why each refused FlashSale is refused, by name. */
  readonly refused: ReadonlyMap<string, Refusal>;
}

/**
 * Lists all occurrences of all sales, past ones too, each once, under the name of its SalePlan.
 *
 *   FlashSale                       its SalePlan               →  occurrence
 *   accepted                        any                           as the FlashSale states
 *   cancelled, even if refused      any                           called off
 *   deleted, even if refused        any                           called off, as far as the SalePlan recorded it
 *   refused                         newest, planned, not over     as last accepted, with the earlier of both ends
 *   refused                         anything else                 only what the SalePlan recorded as happened
 *   gone                            newest, raised                as last accepted, for a while (gone-sale.ts)
 *   gone                            anything else                 called off, as far as the SalePlan recorded it
 *   moved                           any                           called off, as far as the SalePlan recorded it
 */
export function saleOccurrences(observation: Observation, graph: CallGraph): Occurrences {
  const records = new Map(observation.salePlans.map(record => [record.metadata.name, record]));
  const refused = refusedSales(observation, graph);
  const announced = observation.sales
    .filter(({ metadata }) => !refused.has(metadata.name) && metadata.deletionTimestamp === undefined)
    .map(sale => withStock(announcedOccurrence(sale, records, graph), observation));
  const names = new Set(announced.map(({ salePlan }) => salePlan));
  const newest = newestRecords(observation.salePlans);
  const present = new Set(observation.sales.map(({ metadata }) => metadata.name));
  const absent = (name: string) =>
    present.has(name) ? undefined : { isDeletionSeen: observation.deletedSales?.includes(name) ?? false };
  const recorded = observation.salePlans
    .filter(record => !names.has(record.metadata.name))
    .flatMap(record => {
      const sale = newest.has(record)
        ? (refused.get(record.spec.sale.name) ?? absent(record.spec.sale.name))
        : undefined;
      return recordedOccurrence({ record, sale, now: observation.now, graph });
    });
  const all = [...announced, ...recorded].sort(byStart);
  return {
    occurrences: all.map(occurrence => {
      const similar = similarSales(occurrence, all);
      return similar === undefined ? occurrence : { ...occurrence, similar };
    }),
    refused: new Map([...refused].map(([name, { refusal }]) => [name, refusal])),
  };
}

function refusedSales(observation: Observation, graph: CallGraph): ReadonlyMap<string, RefusedSale> {
  const unreadable = observation.unreadable
    .filter(({ kind }) => kind === 'FlashSale')
    .map(({ name, message, ending }): [string, RefusedSale] => [
      name,
      { refusal: { reason: 'Invalid', message: sentenceOf(message) }, ending: ending ?? { isCancelled: false } },
    ]);
  const stated = observation.sales.flatMap((sale): [string, RefusedSale][] => {
    const refusal = describeEntryPoints(sale.spec, observation, graph);
    return refusal === undefined ? [] : [[sale.metadata.name, { refusal, ending: endingOf(sale) }]];
  });
  return new Map([...unreadable, ...stated]);
}

function endingOf({ metadata, spec }: FlashSale): SaleEnding {
  const { deletionTimestamp } = metadata;
  return {
    ...(deletionTimestamp === undefined ? {} : { deletedAt: parseInstant(deletionTimestamp) }),
    isCancelled: spec.cancelled,
    end: parseInstant(spec.endTime),
  };
}

function announcedOccurrence(sale: FlashSale, records: ReadonlyMap<string, SalePlan>, graph: CallGraph): Occurrence {
  const { metadata, spec } = sale;
  const start = parseInstant(spec.startTime);
  const salePlan = salePlanName(metadata.name, start);
  const record = records.get(salePlan);
  const statedEnd = parseInstant(spec.endTime);
  const entryPoints = entryPointsOf(spec, graph);
  const ignored = describeUnsupported(sale);
  return {
    sale: metadata.name,
    uid: metadata.uid ?? '',
    salePlan,
    spec,
    start,
    end: spec.cancelled ? lastSeen(record, start, statedEnd) : statedEnd,
    ...(spec.cancelled ? { calledOff: 'Cancelled' } : {}),
    ...(ignored === undefined ? {} : { ignored }),
    ...(record === undefined ? {} : { record }),
    entryPoints,
    reaches: reach(graph, entryPoints),
  };
}

function withStock(occurrence: Occurrence, observation: Observation): Occurrence {
  const stock = occurrence.calledOff === undefined ? stockOfSale(occurrence, observation) : {};
  return Object.keys(stock).length === 0 ? occurrence : { ...occurrence, stock };
}

function byStart(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || (a.salePlan < b.salePlan ? -1 : 1);
}
