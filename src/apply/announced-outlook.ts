import type { FlashSale } from '../api/flash-sale.ts';
import { parseInstant } from '../api/instant.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import { salePlanName } from '../api/sale-plan.ts';
import type { Plan, SaleOutlook } from '../plan/plan.ts';
import type { Applied } from './applied.ts';

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

/**
 * Lists the names of each sale's SalePlans, including those just created, newest first by the time at the end of each
 * name.
 */
export function planNames(
  plan: Pick<Plan, 'sales'>,
  applied: Applied,
  records: readonly SalePlan[],
): ReadonlyMap<string, readonly string[]> {
  const created = new Set(applied.writes.filter(({ part }) => part === 'Object').map(({ name }) => name));
  const announced = plan.sales.filter(({ salePlan }) => created.has(salePlan));
  const all = [
    ...announced.map(({ sale, salePlan }) => ({ sale, salePlan })),
    ...records.map(({ metadata, spec }) => ({ sale: spec.sale.name, salePlan: metadata.name })),
  ];
  return new Map(
    [...Map.groupBy(all, ({ sale }) => sale)].map(([sale, own]) => [
      sale,
      [...new Set(own.map(({ salePlan }) => salePlan))].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1)),
    ]),
  );
}

function startOf(salePlan: string): string {
  return salePlan.slice(-'yyyymmdd-hhmm'.length);
}
