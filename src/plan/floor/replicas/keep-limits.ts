import {
  mapReplicas,
  type NamespaceReplicas,
  type ReplicaContext,
  type ReplicaRule,
  type ReplicaStep,
  type ReplicaTarget,
} from './replica-rule.ts';
import { shareInTurn } from './share-in-turn.ts';
import { type LimitClaim, shareLimit } from './share-limit.ts';
import type { SharedLimit } from './shared-limit.ts';

/**
 * Limits each target to its part of every shared limit that it uses, such as the connections of a database: each limit
 * is shared by itself, and the least counts, so that more of one limit never leaves anybody with less.
 *
 *   limit    target                          counts for
 *   any      that may be raised              what it needs, cut by tier, then in proportion; at least its baseline,
 *                                             or the higher minimum of another writer
 *   any      … and is lowered now            its live minimum, until the lower one is written
 *   any      that will not be raised         its live minimum
 *   unused   none                            nothing
 *
 * What sales need comes before what an emergency adds (share-in-turn.ts). Only minimums count here; what they leave is the room of the maximums (surge-room.ts).
 */
export const keepLimits: ReplicaRule = (numbers, context) => {
  const { limits = [], isUncapped } = context;
  if (limits.length === 0 || isUncapped === true) return numbers;
  const left = limits.map(limit => ({ limit, shares: leftToEach(limit, context, numbers) }));
  return mapReplicas(numbers, context, (before, { mayRaise }, name) => {
    const { replicas } = before;
    const own = mayRaise ? left.filter(({ shares }) => (shares.get(name) ?? replicas) < replicas) : [];
    const [first, ...others] = own.map(({ limit, shares }) => ({ limit, share: shares.get(name) ?? 0 }));
    if (first === undefined) return before;
    const { limit, share } = others.reduce((least, one) => (one.share < least.share ? one : least), first);
    const message = () => `limit ${limit.name} of ${limit.total} leaves ${share} of ${replicas} replicas`;
    const step: ReplicaStep = { rule: 'sharedLimit', value: share, unit: 'replicas', message };
    return { ...before, replicas: share, limitedBy: { limit, from: replicas }, steps: [...before.steps, step] };
  });
};

function leftToEach(
  { total, users, name: limit }: SharedLimit,
  { targets, total: namespaceTotal, grantedByLimit }: ReplicaContext,
  numbers: NamespaceReplicas,
): ReadonlyMap<string, number> {
  const share = (claim: (target: ReplicaTarget, name: string) => Pick<LimitClaim, 'kept' | 'wanted'>) =>
    shareLimit(
      users.flatMap(({ target: name, units }) => {
        const target = targets.get(name);
        return target === undefined
          ? []
          : [{ target: name, tier: target.spec.tier, units, ...claimOf(target, claim(target, name)) }];
      }),
      total,
    );
  const fair = shareInTurn(numbers, targets, ({ kept, wanted }) =>
    share((_, name) => ({ kept: kept(name), wanted: wanted(name) })),
  );
  // Where only what is due later is planned, what stands now will be gone.
  const now =
    namespaceTotal === undefined
      ? fair
      : share(({ standing }, name) => ({ kept: standing, wanted: fair.get(name) ?? 0 }));
  const granted = grantedByLimit?.get(limit);
  return new Map(
    [...fair].map(([name, replicas]) => [
      name,
      Math.min(replicas, now.get(name) ?? replicas, granted?.get(name) ?? replicas),
    ]),
  );
}

function claimOf({ standing, mayRaise }: ReplicaTarget, { kept, wanted }: Pick<LimitClaim, 'kept' | 'wanted'>) {
  return mayRaise ? { kept, wanted: Math.max(kept, wanted) } : { kept: standing, wanted: standing };
}
