import type { Observation } from '../../observe/observation.ts';
import { type DesiredFloor, mayRaise, standingReplicas } from './desired-floor.ts';
import { shareTotal } from './share-total.ts';

/** What the namespace's total leaves to each target. */
export interface NamespaceShare {
  readonly total: number;
  /** How people know the limit. */
  readonly field: string;
  readonly name: 'PolicyTotalReplicas' | 'SettingsTotalReplicas';
  /** Replicas by target. */
  readonly granted: ReadonlyMap<string, number>;
}

/**
 * Shares the strictest total of the namespace among the desired floors, so that the minimums written stay within it at any single
 * write: what sinks now counts as it stands, because its room is free only once the lower bound is written.
 */
export function shareNamespace(
  desiredFloors: readonly DesiredFloor[],
  { policy, limits }: Observation,
): NamespaceShare {
  const own = policy.maxTotalReplicas;
  const isPolicys = own !== undefined && own <= limits.replicasPerNamespace;
  const total = isPolicys ? own : limits.replicasPerNamespace;
  const fair = shareTotal(
    desiredFloors.map(desired =>
      want(desired, desired.observed.target.spec.baseline.minReplicas, desired.replicas ?? 0),
    ),
    total,
  );
  const now = shareTotal(
    desiredFloors.map(desired => {
      const standing = standingReplicas(desired);
      const wanted = fair.get(desired.name) ?? 0;
      return want(desired, standing, wanted);
    }),
    total,
  );
  const granted = new Map(desiredFloors.map(({ name }) => [name, Math.min(fair.get(name) ?? 0, now.get(name) ?? 0)]));
  return {
    total,
    field: isPolicys ? "the policy's maxTotalReplicas" : "the operator's caps.replicasPerNamespace",
    name: isPolicys ? 'PolicyTotalReplicas' : 'SettingsTotalReplicas',
    granted,
  };
}

/** A target that will not be raised keeps what stands and wants no more. */
function want(desired: DesiredFloor, kept: number, wanted: number) {
  const own = mayRaise(desired) ? kept : standingReplicas(desired);
  return {
    target: desired.name,
    tier: desired.observed.target.spec.tier,
    kept: own,
    wanted: mayRaise(desired) ? Math.max(kept, wanted) : own,
  };
}
