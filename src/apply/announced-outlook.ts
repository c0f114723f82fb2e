import type { FlashSale } from '../api/flash-sale.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { Plan, SaleOutlook } from '../plan/plan.ts';
import type { Applied } from './applied.ts';

/** Finds the outlook that a sale's status describes; undefined where it is planned elsewhere. */
export function announcedOutlook(
  { metadata }: Pick<FlashSale, 'metadata'>,
  outlooks: readonly SaleOutlook[],
): SaleOutlook | undefined {
  return outlooks.find(({ sale, isShown }) => sale === metadata.name && isShown);
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
