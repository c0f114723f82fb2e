import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { lengthMs, type SaleWindow } from '../../api/series/recurring-sale.ts';
import { describeSeries, type SeriesDates } from './describe-series.ts';
import { isDueOrAhead, type Occurrence } from './occurrence.ts';

/** A recurring sale whose status describes no planned date: its next one is further ahead, or there is none. */
export interface WaitingSale {
  readonly sale: string;
  /** What is told of its dates, in a sentence. */
  readonly series: string;
  readonly isCancelled: boolean;
  /** The next date; absent when none is to come. */
  readonly next?: SaleWindow;
}

/**
 * Chooses the one occurrence of each sale that its FlashSale's status describes.
 *
 *   its occurrences                   →  described
 *   one runs or is to come               the first of these
 *   all over, a date further ahead       that date, which is not planned yet
 *   all over                             the last one
 */
export function showOccurrences(input: {
  /** By start. */
  readonly occurrences: readonly Occurrence[];
  readonly accepted: readonly FlashSale[];
  readonly dates: ReadonlyMap<string, SeriesDates>;
  /** Epoch ms. */
  readonly now: number;
}): { readonly occurrences: readonly Occurrence[]; readonly waiting: readonly WaitingSale[] } {
  const { occurrences, accepted, dates, now } = input;
  const told = occurrences.filter(({ calledOff }) => calledOff !== 'Deleted');
  const ofSale = Map.groupBy(told, ({ sale }) => sale);
  const isOpen = (occurrence: Occurrence) =>
    occurrence.calledOff === undefined ? isDueOrAhead(occurrence, now) : now < parseInstant(occurrence.spec.endTime);
  const waiting = accepted.flatMap((sale): WaitingSale[] => {
    const { metadata, spec } = sale;
    const series = dates.get(metadata.name);
    const own = ofSale.get(metadata.name) ?? [];
    if (series === undefined || own.some(isOpen)) return [];
    const { later } = series;
    if (later === undefined && own.length > 0) return [];
    return [
      {
        sale: metadata.name,
        series: describeSeries(spec, series, now),
        isCancelled: spec.cancelled,
        ...(later === undefined || spec.cancelled ? {} : { next: { start: later, end: later + lengthMs(spec) } }),
      },
    ];
  });
  const waits = new Set(waiting.map(({ sale }) => sale));
  const shown = new Set(
    [...ofSale].flatMap(([sale, own]) => (waits.has(sale) ? [] : [own.find(isOpen) ?? own.at(-1)])),
  );
  return { occurrences: occurrences.map(one => (shown.has(one) ? { ...one, isShown: true } : one)), waiting };
}
