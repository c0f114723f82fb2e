import { isMissing } from '../../api/missing.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import { restAhead } from './demand-ahead.ts';
import { levelOf, type SaleNeed } from './sale-need.ts';

const dayMs = 86_400_000;
/** Whether the floor of a sale sinks between the days' peaks: it asks for that and lasts more than a day. */
export function isHeldDaily({ spec, start, end }: Occurrence): boolean {
  return spec.hold === 'Daily' && end - start > dayMs;
}

/**
 * Changes the need of a long sale from "the highest demand to the sale's end" to "the highest of the next `aheadMs`":
 * the floor sinks between the days' peaks, and is back up that long ahead of each.
 */
export function holdDaily(need: SaleNeed, aheadMs: number): SaleNeed {
  const { total, minimum } = need;
  if (isMissing(total)) return need;
  const level = levelOf(need);
  return {
    ...need,
    aheadMs,
    rest: restAhead(total, aheadMs, level),
    ...(minimum === undefined ? {} : { minimum: { ...minimum, rest: restAhead(minimum.curve, aheadMs, level) } }),
  };
}
