import type { SalePlan } from '../../api/sale-plan.ts';
import { acceptedAt } from '../accepted-edits.ts';

/**
 * The SalePlan of each sale that its FlashSale announced last. The others are of times that the sale was moved away
 * from: while the FlashSale is refused, they must not be taken for what it announces.
 */
export function newestRecords(records: readonly SalePlan[]): ReadonlySet<SalePlan> {
  const bySale = Map.groupBy(records, ({ spec }) => spec.sale.name);
  return new Set([...bySale.values()].map(all => all.reduce((one, other) => (isNewer(other, one) ? other : one))));
}

function isNewer(one: SalePlan, other: SalePlan): boolean {
  return (
    acceptedAt(one) - acceptedAt(other) > 0 ||
    (acceptedAt(one) === acceptedAt(other) && one.metadata.name > other.metadata.name)
  );
}
