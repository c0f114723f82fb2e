import type { FlashSale } from '../api/flash-sale.ts';
import { parseInstant } from '../api/instant.ts';
import type { SaleTime } from '../api/series/deploy-freezes.ts';
import { lengthMs } from '../api/series/recurring-sale.ts';
import { datesWithin } from './list-dates.ts';
import { isRecurring } from './series-dates.ts';

/**
 * Lists the times at which a sale takes place that begin from `from` to `until` (epoch ms); of a single sale its time,
 * whenever it is; none of a cancelled sale.
 *
 * @throws RangeError with the rest of a sentence on the rule, when it cannot be followed
 */
export function saleTimes(
  { metadata, spec }: Pick<FlashSale, 'metadata' | 'spec'>,
  from: number,
  until: number,
): readonly SaleTime[] {
  if (spec.cancelled) return [];
  const starts = isRecurring(spec) ? datesWithin(spec, from, until).starts : [parseInstant(spec.startTime)];
  return starts.map(start => ({ sale: metadata.name, start, end: start + lengthMs(spec) }));
}

/** The span of starts whose sale may be frozen at `now` (epoch ms), or within `aheadMs` after it. */
export function startsInView(
  spec: FlashSale['spec'],
  { beforeSeconds, afterSeconds }: { readonly beforeSeconds: number; readonly afterSeconds: number },
  { now, aheadMs }: { readonly now: number; readonly aheadMs: number },
): readonly [from: number, until: number] {
  return [now - lengthMs(spec) - afterSeconds * 1000, now + Math.max(beforeSeconds * 1000, aheadMs)];
}
