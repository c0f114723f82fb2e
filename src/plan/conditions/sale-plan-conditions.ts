import type { ConditionUpdate } from '../../api/condition.ts';
import { formatInstant } from '../../api/instant.ts';
import { condition } from '../condition.ts';
import type { SaleOutlook } from '../plan.ts';

/** Conditions of a SalePlan that can be read; `isReviewed` = its review is being written now. */
export function salePlanConditions(
  outlook: Pick<SaleOutlook, 'stage' | 'gone'>,
  isReviewed: boolean,
): readonly ConditionUpdate[] {
  return [
    condition('Accepted', 'True', 'Accepted', 'The plan is served.'),
    ready(outlook, isReviewed),
    condition('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}

function ready({ stage, gone }: Pick<SaleOutlook, 'stage' | 'gone'>, isReviewed: boolean): ConditionUpdate {
  if (gone !== undefined) {
    const message = `The FlashSale is gone since ${formatInstant(gone.since)}; its bounds are held until ${formatInstant(gone.heldUntil)}. Create it again to go on.`;
    return condition('Ready', 'False', 'SaleGone', message);
  }
  if (isReviewed) return condition('Ready', 'True', 'Reviewed', 'The sale is over and reviewed.');
  return stage === 'Over'
    ? condition('Ready', 'False', 'ReviewDue', 'The sale is over; its review is due.')
    : condition('Ready', 'True', 'Planned', 'The plan is up to date.');
}
