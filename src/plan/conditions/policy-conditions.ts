import type { ConditionUpdate } from '../../api/condition.ts';
import type { PolicyRefusal } from '../accept/refuse-policy.ts';
import { condition } from '../condition.ts';
import { refusedConditions } from './sale-conditions.ts';

/** Conditions of a ScalingPolicy; it is stalled only while it holds bounds that a person must free. */
export function policyConditions(refusal: PolicyRefusal | undefined): readonly ConditionUpdate[] {
  if (refusal !== undefined && refusal.paused !== 'None') return refusedConditions(refusal);
  const inForce = 'The policy is in force.';
  return [
    refusal === undefined
      ? condition('Accepted', 'True', 'Accepted', inForce)
      : condition('Accepted', 'False', refusal.reason, refusal.message),
    condition('Ready', 'True', 'Accepted', inForce),
    condition('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}
