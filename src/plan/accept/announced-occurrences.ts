import { type CallGraph, reach } from '../../api/call-graph.ts';
import type { FlashSale, FlashSaleSpec } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { salePlanName } from '../../api/names/sale-plan-name.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { isSameSeries, isSkipped, lengthMs, type SaleWindow, specAt } from '../../api/series/recurring-sale.ts';
import { acceptedAt, acceptedSpec, announcedSpec, announcedWindow, statedSpec } from '../accepted-edits.ts';
import { describeSeries, type SeriesDates } from './describe-series.ts';
import { entryPointsOf } from './entry-points.ts';
import { lastSeen } from './last-seen.ts';
import { begunRecords } from './newest-records.ts';
import type { Occurrence } from './occurrence.ts';

/** What an accepted FlashSale is read with. */
export interface AnnouncedContext {
  /** Its dates; undefined for a single sale. */
  readonly dates: SeriesDates | undefined;
  /** Its SalePlans. */
  readonly records: readonly SalePlan[];
  readonly graph: CallGraph;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The occurrences that an accepted FlashSale announces, each at its times.
 *
 *   FlashSale     its date                            →  occurrence
 *   single        startTime                              as stated
 *   recurring     to come, or not recorded               as stated
 *   recurring     runs, recorded                         as stated, at the times announced before it began
 *   recurring     over, recorded                         as announced before it began
 *   recurring     over, not recorded                     as stated, since when no SalePlan tells of another rule
 *   either        of a series, had begun when moved      as recorded, until its end
 */
export function announcedOccurrences(sale: FlashSale, context: AnnouncedContext): readonly Occurrence[] {
  const { dates, records, now } = context;
  const { metadata, spec } = sale;
  const byName = new Map(records.map(record => [record.metadata.name, record]));
  const starts = dates === undefined ? [parseInstant(spec.startTime)] : knownStarts(sale, dates, context);
  const series = dates === undefined || spec.cancelled ? undefined : describeSeries(spec, dates, now);
  const announced = starts.map(start => {
    const record = byName.get(salePlanName(metadata.name, start));
    const stated = { start, end: start + lengthMs(spec) };
    const at = dates === undefined ? { window: stated, spec } : timesOf(spec, stated, record, now);
    return { ...occurrenceOf(sale, at, record, context.graph), stated: spec };
  });
  const names = new Set(announced.map(({ salePlan }) => salePlan));
  const begun = begunRecords(records, now)
    .filter(record => !names.has(record.metadata.name) && !isSkipped(spec, announcedWindow(record).start))
    .map(record => {
      const at = { window: announcedWindow(record), spec: acceptedSpec(record) };
      return { ...occurrenceOf(sale, at, record, context.graph), salePlan: record.metadata.name };
    });
  return [...announced, ...begun].map(occurrence => (series === undefined ? occurrence : { ...occurrence, series }));
}

/** The starts in view that took place or will: an unrecorded one of the past counts only while the rule was this one. */
function knownStarts(
  { metadata, spec }: FlashSale,
  { starts }: SeriesDates,
  { records, now }: AnnouncedContext,
): readonly number[] {
  const recorded = new Set(records.map(({ metadata: { name } }) => name));
  const isUnknown = (start: number) =>
    start + lengthMs(spec) <= now && !recorded.has(salePlanName(metadata.name, start));
  if (!starts.some(isUnknown)) return starts;
  const others = records.filter(record => !isSameSeries(statedSpec(record), spec));
  if (others.length === 0) return starts;
  const same = records.filter(record => isSameSeries(statedSpec(record), spec));
  const since = Math.min(...same.map(acceptedAt));
  return starts.filter(start => !isUnknown(start) || start >= since);
}

interface Times {
  readonly window: SaleWindow;
  readonly spec: FlashSaleSpec;
}

function timesOf(spec: FlashSaleSpec, stated: SaleWindow, record: SalePlan | undefined, now: number): Times {
  if (record === undefined || now < stated.start) return { window: stated, spec: specAt(spec, stated) };
  const window = announcedWindow(record);
  return { window, spec: window.end <= now ? announcedSpec(record) : specAt(spec, window) };
}

function occurrenceOf(sale: FlashSale, times: Times, record: SalePlan | undefined, graph: CallGraph): Occurrence {
  const { metadata, spec } = sale;
  const { start, end } = times.window;
  const entryPoints = entryPointsOf(times.spec, graph);
  return {
    sale: metadata.name,
    uid: metadata.uid ?? '',
    salePlan: salePlanName(metadata.name, start),
    spec: times.spec,
    start,
    end: spec.cancelled ? lastSeen(record, start, end) : end,
    ...(spec.cancelled ? { calledOff: 'Cancelled' } : {}),
    ...(record === undefined ? {} : { record }),
    entryPoints,
    reaches: reach(graph, entryPoints),
  };
}
