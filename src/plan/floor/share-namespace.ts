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
 * Shares the strictest total of the namespace among the wishes, so that the minimums written stay within it at any single
 * write: what sinks now counts as it stands, because its room is free only once the lower bound is written.
 */
export function shareNamespace(wishes: readonly DesiredFloor[], { policy, limits }: Observation): NamespaceShare {
  const own = policy.maxTotalReplicas;
  const isPolicys = own !== undefined && own <= limits.replicasPerNamespace;
  const total = isPolicys ? own : limits.replicasPerNamespace;
  const fair = shareTotal(
    wishes.map(wish => want(wish, wish.observed.target.spec.baseline.minReplicas, wish.replicas ?? 0)),
    total,
  );
  const now = shareTotal(
    wishes.map(wish => {
      const standing = standingReplicas(wish);
      const wanted = fair.get(wish.name) ?? 0;
      return want(wish, standing, wanted);
    }),
    total,
  );
  const granted = new Map(wishes.map(({ name }) => [name, Math.min(fair.get(name) ?? 0, now.get(name) ?? 0)]));
  return {
    total,
    field: isPolicys ? "the policy's maxTotalReplicas" : "the operator's caps.replicasPerNamespace",
    name: isPolicys ? 'PolicyTotalReplicas' : 'SettingsTotalReplicas',
    granted,
  };
}

/** A target that will not be raised keeps what stands and wants no more. */
function want(wish: DesiredFloor, kept: number, wanted: number) {
  const own = mayRaise(wish) ? kept : standingReplicas(wish);
  return {
    target: wish.name,
    tier: wish.observed.target.spec.tier,
    kept: own,
    wanted: mayRaise(wish) ? Math.max(kept, wanted) : own,
  };
}
