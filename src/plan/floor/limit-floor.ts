import type { ReasonStep } from '../../api/sale-plan.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Limits } from '../../observe/observation.ts';

/** The most that one target may be given, and who says so. */
export interface Cap {
  readonly replicas: number;
  readonly name: 'Ceiling' | 'PolicyReplicasPerTarget' | 'SettingsReplicasPerTarget';
  /** How people know the limit. */
  readonly field: string;
}

/** The strictest cap on a target: its own ceiling, the policy's, the operator's. The first named of equals. */
export function capOf({ ceiling }: ScalingTargetSpec, policy: ScalingPolicySpec, limits: Limits): Cap {
  const caps: readonly Cap[] = [
    { replicas: ceiling, name: 'Ceiling', field: 'its ceiling' },
    ...(policy.maxReplicasPerTarget === undefined
      ? []
      : [
          {
            replicas: policy.maxReplicasPerTarget,
            name: 'PolicyReplicasPerTarget' as const,
            field: "the policy's maxReplicasPerTarget",
          },
        ]),
    {
      replicas: limits.replicasPerTarget,
      name: 'SettingsReplicasPerTarget',
      field: "the operator's caps.replicasPerTarget",
    },
  ];
  return caps.reduce((strictest, cap) => (cap.replicas < strictest.replicas ? cap : strictest));
}

/** A floor within a cap. The baseline always holds: a cap below it stops raises, nothing else. */
export function limitFloor(
  replicas: number,
  { baseline }: ScalingTargetSpec,
  cap: Cap,
): { readonly replicas: number; readonly boundBy?: Cap; readonly because: readonly ReasonStep[] } {
  const allowed = Math.max(baseline.minReplicas, cap.replicas);
  if (replicas <= allowed) return { replicas, because: [] };
  const message = `${cap.field} allows ${allowed} of ${replicas} replicas`;
  return { replicas: allowed, boundBy: cap, because: [{ rule: 'limit', value: allowed, unit: 'replicas', message }] };
}
