import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { TargetReplicas } from '../../floor/replicas/replica-rule.ts';
import type { LimitUser, SharedLimit } from '../../floor/replicas/shared-limit.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';

/** What a whole sale uses and needs of a shared limit, in the units of the limit. */
export interface SharedLimitUse {
  readonly limit: SharedLimit;
  /** Used by what its targets get. */
  readonly used: number;
  /** What they would use if the limit left them all. */
  readonly needed: number;
  /** Targets that get less for it. */
  readonly payers: readonly Payer[];
}

/** A target that gets less than it needs, because of a limit. */
export interface Payer {
  readonly user: LimitUser;
  /** Replicas that it needs, within its cap. */
  readonly from: number;
  /** Replicas that it gets. */
  readonly replicas: number;
  /** Replicas that it keeps in any case. */
  readonly kept: number;
}

/** Sums what a whole sale, as for its SalePlan, uses and needs of each shared limit. */
export function sharedLimitUses(
  { whole }: Pick<ScheduledSale, 'whole'>,
  { limits, targets }: Pick<ReplicaChain, 'limits' | 'targets'>,
): readonly SharedLimitUse[] {
  const kept = ({ target: name }: LimitUser) => {
    const target = targets.get(name);
    return (target?.mayRaise === false ? target.standing : target?.kept) ?? 0;
  };
  return limits.map(limit => {
    const sum = (replicasOf: (numbers: TargetReplicas | undefined) => number) =>
      limit.users.reduce(
        (total, user) => total + user.units(Math.max(kept(user), replicasOf(whole.get(user.target)))),
        0,
      );
    return {
      limit,
      used: sum(numbers => numbers?.replicas ?? 0),
      needed: sum(numbers => numbers?.limitedBy?.from ?? numbers?.replicas ?? 0),
      payers: limit.users.flatMap(user => payerOf({ user, limit, numbers: whole.get(user.target), kept: kept(user) })),
    };
  });
}

function payerOf(input: {
  readonly user: LimitUser;
  readonly limit: SharedLimit;
  readonly numbers: TargetReplicas | undefined;
  readonly kept: number;
}): readonly Payer[] {
  const { user, limit, numbers, kept } = input;
  if (numbers?.limitedBy?.limit !== limit) return [];
  return [{ user, from: numbers.limitedBy.from, replicas: numbers.replicas, kept }];
}

/** What of a limit is lacking, in its units: whole ones, so that as many more suffice. */
export function lackingOf({ limit, needed }: SharedLimitUse): number {
  return Math.ceil(needed - limit.total - 1e-9);
}

/** What would lift a limit: `40 more of it, a pooler, or 12 replicas fewer of orders would lift it`. */
export function liftOf(use: SharedLimitUse): string {
  const { payers } = use;
  const lacking = lackingOf(use);
  const [largest] = payers.toSorted(
    (a, b) => b.user.units(b.from) - a.user.units(a.from) || (a.user.target < b.user.target ? -1 : 1),
  );
  const ways = [
    `${lacking} more of it`,
    ...(payers.some(({ user }) => user.per === 'Replica') ? ['a pooler'] : []),
    ...(largest === undefined ? [] : fewer(largest, lacking)),
  ];
  const last = ways.at(-1);
  return ways.length === 1 ? `${last} would lift it` : `${ways.slice(0, -1).join(', ')} or ${last} would lift it`;
}

/** By how many replicas less of a target the limit would suffice; empty when its baseline alone would not. */
function fewer({ user, from, kept }: Payer, lacking: number): readonly string[] {
  const { target, units } = user;
  const needed = units(from);
  if (needed - units(kept) < lacking - 1e-9) return [];
  let [low, high] = [1, from - kept];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (needed - units(from - middle) >= lacking - 1e-9) high = middle;
    else low = middle + 1;
  }
  return [`${low} replicas fewer of ${target}`];
}
