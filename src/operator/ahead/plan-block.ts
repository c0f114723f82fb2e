import { setAsideFailing } from '../../observe/set-aside-failing.ts';
import { acceptNamespace } from '../../plan/accept/accept-namespace.ts';
import type { ObjectConditions, Plan, SaleOutlook } from '../../plan/plan.ts';
import type { Looked } from './sale-inputs.ts';

/** What was planned of some sales that are not current. */
export interface PlannedBlock {
  readonly sales: readonly SaleOutlook[];
  /** Conditions of FlashSales that were set aside because their planning throws. */
  readonly aside: readonly ObjectConditions[];
}

/**
 * Plans some sales of a namespace so that one whose planning throws affects no other: it is set aside as one that cannot
 * be read, and is told so.
 *
 * @throws what `planOf` throws even when every object is set aside
 */
export function planBlock({ observation, accepted }: Looked, planOf: (looked: Looked) => Plan): PlannedBlock {
  const { observation: rest, planned } = setAsideFailing(observation, each =>
    planOf({ observation: each, accepted: each === observation ? accepted : acceptNamespace(each) }),
  );
  const unreadable = new Set(observation.unreadable.map(({ kind, name }) => `${kind} ${name}`));
  const failed = rest.unreadable.filter(({ kind, name }) => kind === 'FlashSale' && !unreadable.has(`${kind} ${name}`));
  const names = new Set(failed.map(({ name }) => name));
  return {
    sales: planned.sales,
    aside: planned.others.filter(({ kind, name }) => kind === 'FlashSale' && names.has(name)),
  };
}
