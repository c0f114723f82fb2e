import type { ScalingPolicySpec } from '../../../api/scaling-policy.ts';
import type { Limits } from '../../../observe/observation.ts';
import {
  mapReplicas,
  type NamespaceReplicas,
  type NamespaceTotal,
  type ReplicaRule,
  type ReplicaStep,
  type ReplicaTarget,
} from './replica-rule.ts';
import { shareInTurn } from './share-in-turn.ts';
import { shareTotal } from './share-total.ts';

/**
 * Limits each target to its part of the namespace's total, so that the minimums written stay within it after every
 * single write: a bound that is being lowered counts at its live value, because its room is free only once the lower
 * bound is written. A target that will not be raised counts at its live value and is not cut. What sales need comes
 * before what an emergency adds (share-in-turn.ts).
 */
export const keepTotal: ReplicaRule = (numbers, context) => {
  const { total } = context;
  if (total === undefined) return numbers;
  const left = leftToEach(numbers, context.targets, total);
  return mapReplicas(numbers, context, (before, { mayRaise }, name) => {
    const { replicas } = before;
    const share = mayRaise ? Math.min(left(name), context.granted?.get(name) ?? replicas) : replicas;
    if (share >= replicas) return before;
    const message = () => `${total.field} of ${total.replicas} leaves ${share} of ${replicas} replicas`;
    const step: ReplicaStep = { rule: 'limit', value: share, unit: 'replicas', message };
    return { ...before, replicas: share, sharedBy: total, steps: [...before.steps, step] };
  });
};

/** The strictest total of the namespace: the policy's, or the operator's. */
export function totalOf({ maxTotalReplicas }: ScalingPolicySpec, { replicasPerNamespace }: Limits): NamespaceTotal {
  return maxTotalReplicas !== undefined && maxTotalReplicas <= replicasPerNamespace
    ? { replicas: maxTotalReplicas, field: "the policy's maxTotalReplicas" }
    : { replicas: replicasPerNamespace, field: "the operator's caps.replicasPerNamespace" };
}

function leftToEach(
  numbers: NamespaceReplicas,
  targets: ReadonlyMap<string, ReplicaTarget>,
  { replicas: total }: NamespaceTotal,
): (name: string) => number {
  const fair = fairTotal(numbers, targets, total);
  const now = shareTotal(
    [...targets].map(([name, target]) => want(name, target, target.standing, fair.get(name) ?? 0)),
    total,
  );
  return name => Math.min(fair.get(name) ?? 0, now.get(name) ?? 0);
}

/** Shares a total of replicas among all targets by what they want, whatever of it stands now. */
export function fairTotal(
  numbers: NamespaceReplicas,
  targets: ReadonlyMap<string, ReplicaTarget>,
  total: number,
): ReadonlyMap<string, number> {
  const all = [...targets];
  return shareInTurn(numbers, targets, ({ kept, wanted }) =>
    shareTotal(
      all.map(([name, target]) => want(name, target, kept(name), wanted(name))),
      total,
    ),
  );
}

function want(name: string, { spec, standing, mayRaise }: ReplicaTarget, kept: number, wanted: number) {
  return mayRaise
    ? { target: name, tier: spec.tier, kept, wanted: Math.max(kept, wanted) }
    : { target: name, tier: spec.tier, kept: standing, wanted: standing };
}
