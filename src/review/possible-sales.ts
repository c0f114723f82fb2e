import type { Event, Series } from '../../forecasts/index.ts';
import { dailyUsual } from './daily-usual.ts';

/** A time of unusual demand that no known sale explains. */
export interface PossibleSale {
  /** Epoch ms, on a whole or half hour. */
  readonly start: number;
  /** Epoch ms, on a whole or half hour. */
  readonly end: number;
  /** Highest demand as a multiple of what is usual at its time of day. */
  readonly peakRatio: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const halfHourMs = 30 * minuteMs;
/** Multiple of the usual demand that holds throughout, and the one that is reached. */
const throughout = 2;
const reached = 2.5;
const shortestMs = 20 * minuteMs;
const longestMs = 36 * hourMs;
/** Longest lull within one sale. */
const lullMs = 30 * minuteMs;
/** Time before and after a known sale in which demand is its own. */
const aroundMs = 3 * hourMs;

/**
 * Finds the times at which demand was at least twice what is usual at that time of day, for twenty minutes to a day and
 * a half, and which no known event explains: past sales that nobody told of, perhaps. What recurs daily, or every week on
 * the same day, is usual. Empty when the history is shorter than a week.
 */
export function possibleSales(history: Series, known: readonly Event[]): readonly PossibleSale[] {
  const { bins, binMs, start } = dailyUsual(history);
  const found: PossibleSale[] = [];
  let open: { first: number; last: number; peakRatio: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    const [from, until] = [start + open.first * binMs, start + (open.last + 1) * binMs];
    const isKnown = known.some(event => event.start - aroundMs < until && event.end + aroundMs > from);
    const isLong = until - from >= shortestMs && until - from <= longestMs;
    if (open.peakRatio >= reached && isLong && !isKnown) found.push(wholeHalfHours(from, until, open.peakRatio));
    open = undefined;
  };
  bins.forEach((ratio, bin) => {
    if (ratio === null || ratio < throughout) return;
    if (open !== undefined && (bin - open.last - 1) * binMs > lullMs) close();
    open =
      open === undefined
        ? { first: bin, last: bin, peakRatio: ratio }
        : { ...open, last: bin, peakRatio: Math.max(open.peakRatio, ratio) };
  });
  close();
  return found;
}

function wholeHalfHours(from: number, until: number, peakRatio: number): PossibleSale {
  const start = Math.floor(from / halfHourMs) * halfHourMs;
  return { start, end: Math.ceil(until / halfHourMs) * halfHourMs, peakRatio };
}
