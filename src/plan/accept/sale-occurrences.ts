import { type CallGraph, reach } from '../../api/call-graph.ts';
import type { FlashSale, FlashSaleSpec } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import { type SalePlan, salePlanName } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import { describeEntryPoints, entryPointsOf } from './entry-points.ts';
import type { Refusal } from './refusal.ts';

/** One time that a sale takes place, as far as is known now. */
export interface Occurrence {
  /** The FlashSale's name and UID. */
  readonly sale: string;
  readonly uid: string;
  /** Name of this occurrence's SalePlan; its identity. */
  readonly salePlan: string;
  readonly spec: FlashSaleSpec;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive; for a sale that was called off, when it stopped: `start` when it never began. */
  readonly end: number;
  /** Why it ended early; it then raises nothing any more. */
  readonly calledOff?: 'Cancelled' | 'Deleted';
  /** Which stated fields of the FlashSale are ignored, in a sentence; absent when all are served. */
  readonly ignored?: string;
  /** Why the FlashSale is refused as it is now; the occurrence continues as its SalePlan recorded it. */
  readonly refusal?: Refusal;
  readonly record?: SalePlan;
  readonly entryPoints: readonly string[];
  /** Names of the targets that its traffic reaches. */
  readonly reaches: readonly string[];
}

export interface Occurrences {
  /** By start, then by name. */
  readonly occurrences: readonly Occurrence[];
  /** Why each refused FlashSale is refused, by name. */
  readonly refused: ReadonlyMap<string, Refusal>;
}

/**
 * Lists all occurrences of all sales, past ones too, each once, under the name of its SalePlan.
 *
 *   FlashSale         its SalePlan          →  occurrence
 *   accepted          any                      as the FlashSale states
 *   cancelled         any                      called off
 *   refused           planned, not over        as the SalePlan recorded it: a typing error ends no sale
 *   refused           anything else            only what the SalePlan recorded as happened
 *   gone or moved     any                      called off, as far as the SalePlan recorded it
 */
export function saleOccurrences(observation: Observation, graph: CallGraph): Occurrences {
  const records = new Map(observation.salePlans.map(record => [record.metadata.name, record]));
  const refused = refusedSales(observation, graph);
  const announced = observation.sales
    .filter(sale => !refused.has(sale.metadata.name))
    .map(sale => announcedOccurrence(sale, records, graph));
  const names = new Set(announced.map(({ salePlan }) => salePlan));
  const recorded = observation.salePlans
    .filter(record => !names.has(record.metadata.name))
    .flatMap(record => recordedOccurrence(record, refused.get(record.spec.sale.name), observation.now, graph));
  return { occurrences: [...announced, ...recorded].sort(byStart), refused };
}

/** Whether an occurrence is being served at `now`, or is still to be served. */
export function isDueOrAhead({ calledOff, end }: Occurrence, now: number): boolean {
  return calledOff === undefined && now < end;
}

function refusedSales(observation: Observation, graph: CallGraph): ReadonlyMap<string, Refusal> {
  const unreadable = observation.unreadable
    .filter(({ kind }) => kind === 'FlashSale')
    .map(({ name, message }): [string, Refusal] => [name, { reason: 'Invalid', message: sentenceOf(message) }]);
  const stated = observation.sales.flatMap((sale): [string, Refusal][] => {
    const refusal = describeEntryPoints(sale.spec, observation, graph);
    return refusal === undefined ? [] : [[sale.metadata.name, refusal]];
  });
  return new Map([...unreadable, ...stated]);
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

/**
 * The occurrence of a SalePlan without a valid FlashSale: as recorded while the sale is refused, else only what
 * happened.
 */
function recordedOccurrence(
  record: SalePlan,
  refusal: Refusal | undefined,
  now: number,
  graph: CallGraph,
): readonly Occurrence[] {
  const { name, uid, spec } = record.spec.sale;
  const start = parseInstant(spec.startTime);
  const statedEnd = parseInstant(record.status?.plan?.endTime ?? spec.endTime);
  const standsIn = refusal !== undefined && record.status?.plan !== undefined && now < statedEnd;
  const end = standsIn ? statedEnd : lastSeen(record, start, statedEnd);
  if (end <= start) return [];
  const entryPoints = entryPointsOf(spec, graph);
  const planned = record.status?.plan?.targets.map(({ target }) => target) ?? [];
  const known = planned.filter(target => graph.callees.has(target));
  return [
    {
      sale: name,
      uid,
      salePlan: record.metadata.name,
      spec,
      start,
      end,
      ...(standsIn ? { refusal } : { calledOff: 'Deleted' }),
      record,
      entryPoints,
      reaches: [...new Set([...reach(graph, entryPoints), ...known])].sort(),
    },
  ];
}

/** The last instant in [start, end] (epoch ms) that the record of a sale covers; `start` when it covers nothing. */
function lastSeen(record: SalePlan | undefined, start: number, end: number): number {
  const times = (record?.status?.timeline ?? []).flatMap(({ points }) => points.map(({ t }) => parseInstant(t)));
  return times.reduce((last, t) => (t > last && t <= end ? t : last), start);
}

function byStart(a: Occurrence, b: Occurrence): number {
  return a.start - b.start || (a.salePlan < b.salePlan ? -1 : 1);
}
