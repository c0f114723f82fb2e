import type { ConditionUpdate } from '../../api/condition.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { condition } from '../condition.ts';
import type { SaleOutlook } from '../plan.ts';

/** What to say in the status of a SalePlan; `isReviewed` with the review that is being written now. */
export function salePlanConditions(
  salePlan: SalePlan,
  { stage }: Pick<SaleOutlook, 'stage'>,
  isReviewed: boolean,
): readonly ConditionUpdate[] {
  const unsupported = describeUnsupported(salePlan);
  if (unsupported !== undefined) {
    return [
      condition('Accepted', 'False', 'NotSupported', unsupported),
      condition('Ready', 'False', 'NotSupported', unsupported),
    ];
  }
  const accepted = condition('Accepted', 'True', 'Accepted', 'The plan is served.');
  if (isReviewed) return [accepted, condition('Ready', 'True', 'Reviewed', 'The sale is over and reviewed.')];
  return stage === 'Over'
    ? [accepted, condition('Ready', 'False', 'ReviewDue', 'The sale is over; its review is due.')]
    : [accepted, condition('Ready', 'True', 'Planned', 'The plan is up to date.')];
}
