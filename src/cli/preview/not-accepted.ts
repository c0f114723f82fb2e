import type { ConditionUpdate } from '../../api/condition.ts';
import type { Plan } from '../../plan/plan.ts';

/** An object that the plan does not serve as it is, and the reason in a sentence. */
export interface NotAccepted {
  readonly kind: string;
  readonly name: string;
  readonly message: string;
}

/** Lists what is not accepted in the files: sales, targets, the policy. A pipeline stops at the first. */
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
