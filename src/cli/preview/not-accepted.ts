import type { ConditionUpdate } from '../../api/condition.ts';
import type { Plan } from '../../plan/plan.ts';

/** One object that the plan does not serve as it stands, and why, in a sentence. */
export interface NotAccepted {
  readonly kind: string;
  readonly name: string;
  readonly message: string;
}

/** What of the files is not accepted: sales, targets, the policy. A pipeline stops at the first. */
export function notAccepted({ targets, sales, others }: Plan): readonly NotAccepted[] {
  return [
    ...others,
    ...sales.map(({ sale, conditions }) => ({ kind: 'FlashSale', name: sale, conditions })),
    ...targets.map(({ target, conditions }) => ({ kind: 'ScalingTarget', name: target, conditions })),
  ].flatMap(({ kind, name, conditions }) => refusalsIn(conditions).map(({ message }) => ({ kind, name, message })));
}

function refusalsIn(conditions: readonly ConditionUpdate[]): readonly ConditionUpdate[] {
  return conditions.filter(({ type, status }) => type === 'Accepted' && status === 'False');
}
