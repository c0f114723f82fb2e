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

/**
 * The share with one target as it is by now: `desired`, one of `desiredFloors`. What the others were granted stays theirs.
 * So its own grant is that of a whole new share, but only as far as theirs leave room, unless it was granted as much before
 * or that much stands already.
 */
export function shareAnew(
  decided: NamespaceShare,
  { desiredFloors, desired }: { readonly desiredFloors: readonly DesiredFloor[]; readonly desired: DesiredFloor },
  observation: Observation,
): NamespaceShare {
  const { name } = desired;
  const grantedTo = ({ granted }: NamespaceShare, target: string) => granted.get(target) ?? 0;
  const others = desiredFloors.filter(other => other.name !== name);
  const taken = others.reduce(
    (sum, other) => sum + Math.max(grantedTo(decided, other.name), standingReplicas(other)),
    0,
  );
  const most = Math.max(grantedTo(decided, name), standingReplicas(desired), decided.total - taken);
  const own = Math.min(grantedTo(shareNamespace(desiredFloors, observation), name), most);
  return { ...decided, granted: new Map([...decided.granted, [name, own]]) };
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
