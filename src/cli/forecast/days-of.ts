import type { FitContext, Series } from '../../../forecasts/index.ts';
import { proposableClocks, shopClock } from '../../recurrence/shop-clock.ts';

/** Days beyond a history for which a clock is known. */
const aheadMs = 366 * 86_400_000;

/** The clock of the stated zone for the years of a history and one ahead; where none is stated, those to propose. */
export function daysOf(
  { start, stepSeconds, values }: Series,
  { timeZone }: { readonly timeZone?: string | undefined },
): Pick<FitContext, 'clock' | 'proposable'> {
  const years = { from: start, until: start + values.length * stepSeconds * 1000 + aheadMs };
  const clock = shopClock({ timeZone }, years);
  return clock === undefined ? { proposable: proposableClocks(years) } : { clock };
}
