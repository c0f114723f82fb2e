import type { ScalingPolicySpec } from '../../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import type { Limits } from '../../../observe/observation.ts';
import { type Cap, mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

/** Limits a number to the target's strictest cap. The baseline always holds: a cap below it only stops raises. */
export const limitToCap: ReplicaRule = (numbers, context) => {
  if (context.isUncapped === true) return numbers;
  return mapReplicas(numbers, context, (before, { spec, cap }) => {
    const { replicas } = before;
    const allowed = Math.max(spec.baseline.minReplicas, cap.replicas);
    if (replicas <= allowed) return before;
    const message = () => `${cap.field} allows ${allowed} of ${replicas} replicas`;
    const step: ReplicaStep = { rule: 'limit', value: allowed, unit: 'replicas', message };
    return { ...before, replicas: allowed, boundBy: cap, steps: [...before.steps, step] };
  });
};

/**
 * The strictest cap on a target: its own ceiling, the policy's or the operator's; the first of equals, in this order.
 */
export function capOf({ ceiling }: ScalingTargetSpec, policy: ScalingPolicySpec, limits: Limits): Cap {
  const { maxReplicasPerTarget = Number.POSITIVE_INFINITY } = policy;
  const { replicasPerTarget } = limits;
  if (ceiling <= Math.min(maxReplicasPerTarget, replicasPerTarget))
    return { replicas: ceiling, name: 'Ceiling', field: 'its ceiling' };
  return maxReplicasPerTarget <= replicasPerTarget
    ? {
        replicas: maxReplicasPerTarget,
        name: 'PolicyReplicasPerTarget',
        field: "the policy's maxReplicasPerTarget",
      }
    : {
        replicas: replicasPerTarget,
        name: 'SettingsReplicasPerTarget',
        field: "the operator's caps.replicasPerTarget",
      };
}
