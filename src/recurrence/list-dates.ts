import type { FlashSaleSpec } from '../api/flash-sale.ts';
import { isSkipped, lengthMs } from '../api/series/recurring-sale.ts';
import { expandRule, type RecurringTimes } from './expand-rule.ts';

/** Days before its start within which a sale of a series is planned. */
export const aheadDays = 35;
/** Most sales of one series that are planned ahead. */
export const mostAhead = 250;

const dayMs = 86_400_000;
/** Years in which the next start is looked for where none is near, the fewest first. */
const searchYears = [1, 10];

/** The starts of a series near an instant. */
export interface Dates {
  /** Epoch ms, ascending, without the skipped ones: from one history ago to 35 days ahead. */
  readonly starts: readonly number[];
  /** Epoch ms of the starts in the same span that `exceptDates` leaves out. */
  readonly skipped: readonly number[];
  /** Epoch ms of the first start further ahead; absent when the series has none in ten years. */
  readonly later?: number;
  /** Why the rule cannot be followed, as the rest of a sentence about it; there are then no dates. */
  readonly fault?: string;
}

/** What is known of a series on one day. */
interface Expanded extends Dates {
  readonly days: string;
}

/** Dates by the spec that they were made from: they are expanded once a day. */
const expanded = new WeakMap<FlashSaleSpec, Expanded>();

/**
 * Lists the starts of a recurring sale from `historyDays` before `now` (at least its own length) to 35 days after it.
 * The work is bounded by that span: dates before and after it are not made.
 */
export function listDates(
  spec: FlashSaleSpec & RecurringTimes,
  { now, historyDays }: { readonly now: number; readonly historyDays: number },
): Dates {
  const from = now - Math.max(historyDays * dayMs, lengthMs(spec));
  const until = now + aheadDays * dayMs;
  const [first, last] = [Math.floor(from / dayMs), Math.ceil(until / dayMs)];
  const known = expanded.get(spec);
  const days = `${first} ${last}`;
  const all = known?.days === days ? known : { ...expand(spec, first * dayMs, last * dayMs), days };
  expanded.set(spec, all);
  if (all.fault !== undefined) return { starts: [], skipped: [], fault: all.fault };
  const isIn = (start: number) => start >= from && start <= until;
  const starts = all.starts.filter(isIn);
  const ahead = starts.filter(start => start > now).length;
  if (ahead > mostAhead) {
    const fault = `makes ${ahead} sales in the next ${aheadDays} days; at most ${mostAhead} are served`;
    return { starts: [], skipped: [], fault };
  }
  const later = all.starts.find(start => start > until) ?? all.later;
  return { starts, skipped: all.skipped.filter(isIn), ...(later === undefined ? {} : { later }) };
}

function expand(spec: FlashSaleSpec & RecurringTimes, from: number, until: number): Dates {
  try {
    const later = searchLater(spec, until);
    return { ...datesWithin(spec, from, until), ...(later === undefined ? {} : { later }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { starts: [], skipped: [], fault: error.message };
  }
}

/**
 * Lists the starts of a series from `from` to `until` (epoch ms, both included), apart from those that are skipped.
 *
 * @throws RangeError with the rest of a sentence on the rule, when it cannot be followed
 */
export function datesWithin(
  spec: FlashSaleSpec & RecurringTimes,
  from: number,
  until: number,
): Pick<Dates, 'starts' | 'skipped'> {
  const all = expandRule(spec, from, until);
  const out = new Set(all.filter(start => isSkipped(spec, start)));
  return { starts: all.filter(start => !out.has(start)), skipped: [...out] };
}

function searchLater(spec: FlashSaleSpec & RecurringTimes, after: number): number | undefined {
  for (const years of searchYears) {
    const found = expandRule(spec, after + 1, after + years * 366 * dayMs).find(start => !isSkipped(spec, start));
    if (found !== undefined) return found;
  }
  return undefined;
}
