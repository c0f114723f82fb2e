import type { FlashSale } from '../api/flash-sale.ts';
import { parseInstant } from '../api/instant.ts';
import { salePlanName } from '../api/sale-plan.ts';
import type { SaleOutlook } from '../plan/plan.ts';

/**
 * Finds the outlook of a sale. A sale that was moved has two occurrences: prefers the one it announces now, else takes
 * the latest.
 */
export function announcedOutlook(
  { metadata, spec }: FlashSale,
  outlooks: readonly SaleOutlook[],
): SaleOutlook | undefined {
  const own = outlooks.filter(({ sale, conditions }) => sale === metadata.name && conditions.length > 0);
  const announced = salePlanName(metadata.name, parseInstant(spec.startTime));
  return own.find(({ salePlan }) => salePlan === announced) ?? own.at(-1);
}
