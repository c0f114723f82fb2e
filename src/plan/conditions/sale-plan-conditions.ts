import type { ConditionUpdate } from '../../api/condition.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { condition } from '../condition.ts';
import type { SaleOutlook } from '../plan.ts';

/** Conditions of a SalePlan; `isReviewed` = its review is being written now. */
export function salePlanConditions(
  salePlan: SalePlan,
  { stage }: Pick<SaleOutlook, 'stage'>,
  isReviewed: boolean,
): readonly ConditionUpdate[] {
  const ignored = describeUnsupported(salePlan);
  return [
    ignored === undefined
      ? condition('Accepted', 'True', 'Accepted', 'The plan is served.')
      : condition('Accepted', 'False', 'NotSupported', ignored),
    ready(stage, isReviewed),
    condition('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}

function ready(stage: SaleOutlook['stage'], isReviewed: boolean): ConditionUpdate {
  if (isReviewed) return condition('Ready', 'True', 'Reviewed', 'The sale is over and reviewed.');
  return stage === 'Over'
    ? condition('Ready', 'False', 'ReviewDue', 'The sale is over; its review is due.')
    : condition('Ready', 'True', 'Planned', 'The plan is up to date.');
}
