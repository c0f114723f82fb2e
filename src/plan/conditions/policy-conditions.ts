import type { ConditionUpdate } from '../../api/condition.ts';
import type { DeployFreeze } from '../../api/series/deploy-freezes.ts';
import type { Observation } from '../../observe/observation.ts';
import type { PolicyRefusal } from '../accept/refuse-policy.ts';
import { condition } from '../condition.ts';
import { channelNotes } from './describe-channel.ts';
import { limitNotes } from './describe-limits.ts';
import { policyEmergency } from './emergency.ts';
import { frozen } from './frozen.ts';
import { refusedConditions } from './sale-conditions.ts';
import { unrecorded } from './unrecorded.ts';

/** Conditions of a ScalingPolicy; it is stalled only while it holds bounds that a person must free. */
export function policyConditions(
  refusal: PolicyRefusal | undefined,
  observation: Observation,
  freezes: readonly DeployFreeze[] | undefined,
): readonly ConditionUpdate[] {
  const told = [policyEmergency(observation), frozen(freezes, observation.now), unrecorded(observation)];
  if (refusal !== undefined && refusal.paused !== 'None') return [...refusedConditions(refusal), ...told];
  const inForce = 'The policy is in force.';
  return [
    refusal === undefined
      ? condition(
          'Accepted',
          'True',
          'Accepted',
          [inForce, ...limitNotes(observation), ...channelNotes(observation)].join(' '),
        )
      : condition('Accepted', 'False', refusal.reason, refusal.message),
    ...told,
    condition('Ready', 'True', 'Accepted', inForce),
    condition('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}
