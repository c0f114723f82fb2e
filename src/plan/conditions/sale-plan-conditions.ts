import type { ConditionUpdate } from '../../api/condition.ts';
import { formatInstant } from '../../api/instant.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { condition } from '../condition.ts';
import type { SaleOutlook } from '../plan.ts';

/** Conditions of a SalePlan; `isReviewed` = its review is being written now. */
export function salePlanConditions(
  salePlan: SalePlan,
  outlook: Pick<SaleOutlook, 'stage' | 'gone'>,
  isReviewed: boolean,
): readonly ConditionUpdate[] {
  const ignored = describeUnsupported(salePlan);
  return [
    ignored === undefined
      ? condition('Accepted', 'True', 'Accepted', 'The plan is served.')
      : condition('Accepted', 'False', 'NotSupported', ignored),
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
