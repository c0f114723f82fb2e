import type { LimitUse } from '../../../api/limits/limit-use.ts';
import { podsInRollout } from '../../../api/limits/rollout-surge.ts';
import { isMissing } from '../../../api/missing.ts';
import { parseQuantity } from '../../../api/quantity.ts';
import type { ScalingPolicySpec } from '../../../api/scaling-policy.ts';
import type { TargetObservation } from '../../../observe/observation.ts';
import type { LimitUser, SharedLimit } from './shared-limit.ts';

/**
 * Lists the limits that the policy states and targets use, by name. What a target uses at `n` replicas:
 *
 *   perReplica            its pods, with those that a rollout adds × perReplica
 *   perThousandRequests   the demand that n replicas are sized for (n × capacity ÷ headroom) ÷ 1000 × perThousandRequests
 *
 * A limit that the policy does not state binds nothing, and neither does a use of 0.
 */
export function sharedLimits(
  targets: readonly TargetObservation[],
  { limits = [] }: Pick<ScalingPolicySpec, 'limits'>,
): readonly SharedLimit[] {
  if (limits.length === 0) return [];
  const users = Map.groupBy(
    targets.flatMap(observed =>
      (observed.target.spec.uses ?? []).map(use => ({ limit: use.limit, user: limitUser(observed, use) })),
    ),
    ({ limit }) => limit,
  );
  return limits
    .map(({ name, total }) => ({
      name,
      total,
      users: (users.get(name) ?? []).map(({ user }) => user).filter(({ units }) => units(1) > 0),
    }))
    .filter(limit => limit.users.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The largest ceiling of a target; the search ends here where a replica uses next to nothing. */
const mostReplicas = 100_000;

/** Returns the most replicas, at least `least`, that use at most `room` units of a limit. */
export function mostWithin(units: LimitUser['units'], room: number, least: number): number {
  let low = Math.min(least, mostReplicas);
  let high = low + 1;
  while (high < mostReplicas && units(high) <= room) high = Math.min(mostReplicas, high * 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (units(middle) <= room) low = middle;
    else high = middle - 1;
  }
  return low;
}

function limitUser(
  { target: { metadata, spec }, workload }: TargetObservation,
  { perReplica, perThousandRequests = 0 }: LimitUse,
): LimitUser {
  const target = metadata.name;
  if (perReplica !== undefined) {
    const maxSurge = isMissing(workload) ? undefined : workload.maxSurge;
    return { target, per: 'Replica', units: replicas => perReplica * podsInRollout(replicas, maxSurge) };
  }
  // The schema admits such a use only where the capacity is stated.
  const capacity = spec.capacityPerReplica === undefined ? 0 : parseQuantity(spec.capacityPerReplica);
  const unitsPerReplica = ((capacity / (1 + spec.headroomPercent / 100)) * perThousandRequests) / 1000;
  return { target, per: 'Request', units: replicas => replicas * unitsPerReplica };
}
