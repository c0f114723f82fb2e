import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { TargetReplicas } from '../../floor/replicas/replica-rule.ts';
import type { LimitUser, SharedLimit } from '../../floor/replicas/shared-limit.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/** A target that gets less than it needs, because of a limit. */
interface Payer {
  readonly user: LimitUser;
  /** Replicas that it needs, within its cap. */
  readonly from: number;
  /** Replicas that it gets. */
  readonly replicas: number;
  /** Replicas that it keeps in any case. */
  readonly kept: number;
}

/**
 * Finds each shared limit that a sale needs more of than there is: how much is lacking, which targets get less for it,
 * and what would lift it. The whole sale counts, as for its SalePlan.
 */
export function sharedLimitFindings(
  { whole }: Pick<ScheduledSale, 'whole'>,
  { limits, targets }: Pick<ReplicaChain, 'limits' | 'targets'>,
): readonly FeasibleFinding[] {
  return limits.flatMap(limit => {
    const kept = ({ target: name }: LimitUser) => {
      const target = targets.get(name);
      return (target?.mayRaise === false ? target.standing : target?.kept) ?? 0;
    };
    const payers = limit.users.flatMap(user =>
      payerOf({ user, limit, numbers: whole.get(user.target), kept: kept(user) }),
    );
    if (payers.length === 0) return [];
    const needed = limit.users.reduce((sum, user) => {
      const numbers = whole.get(user.target);
      return sum + user.units(Math.max(kept(user), numbers?.limitedBy?.from ?? numbers?.replicas ?? 0));
    }, 0);
    const lacking = Math.ceil(needed - limit.total - 1e-9);
    const paid = payers.map(({ user, from, replicas }) => `${user.target} gets ${replicas} of ${from} replicas`);
    const lacks = `limit ${limit.name} of ${limit.total} lacks ${lacking}: ${paid.join(', ')}`;
    return [infeasible({ reason: 'LimitBinds', verdict: 'AtRisk', message: `${lacks}; ${lifted(lacking, payers)}.` })];
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

/** What would lift a limit: `40 more of it, a pooler, or 12 replicas fewer of orders would lift it`. */
function lifted(lacking: number, payers: readonly Payer[]): string {
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
