import type { Observation } from '../../../observe/observation.ts';
import type { ReplicaChain } from '../replicas/replica-chain.ts';
import type { ApprovalLimit } from '../replicas/replica-rule.ts';
import { extraShares, type ReplicasByTarget, type SaleApproval, wantedBySale } from './sale-approval.ts';

/**
 * Decides how many replicas of a target a sale may raise.
 *
 *   asks      approval                             →  replicas                                    and what stands
 *   no        any                                     what the sale needs                         holds
 *   yes       none, or withdrawn                      what needs no approval                      holds
 *   yes       not guarded                             what needs no approval                      holds
 *   yes       in force                                the approved, or what needs none            holds
 *   yes       ended                                   what needs no approval                      sinks to it, at the
 *                                                                                                 policy's rampDown and
 *                                                                                                 with known demand
 *
 * "What needs no approval" is at least the baseline. What stands was approved when it was raised.
 */
export function allowedBySale(
  { sale, asked, given }: SaleApproval,
  name: string,
  {
    baseline,
    shares,
  }: {
    /** Replicas. */
    readonly baseline: number;
    /** Replicas that each target may have by `aboveExtraReplicas`. */
    readonly shares: ReplicasByTarget;
  },
): ApprovalLimit {
  const numbers = sale.whole.get(name);
  const wanted = Math.max(baseline, numbers?.replicas ?? 0);
  if (asked.reasons.length === 0) return { replicas: wanted, holdsStanding: true, why: '' };
  const byPeak = Math.floor((numbers?.needed ?? 0) * asked.freeShare);
  const byExtra = asked.isWide ? (shares.get(name) ?? baseline) : wanted;
  const free = Math.max(baseline, Math.min(wanted, byPeak, byExtra));
  const { occurrence } = sale;
  const waits = `${occurrence.sale} waits for the approval of ${occurrence.salePlan}`;
  if (given.counts === 'None' || given.counts === 'Unguarded')
    return { replicas: free, holdsStanding: true, why: waits };
  if (given.counts === 'Ended')
    return {
      replicas: free,
      holdsStanding: false,
      why: `${occurrence.sale} was approved until ${given.approval.until}`,
    };
  const approved = given.approval.upTo.find(({ target }) => target === name)?.maxReplicas;
  const why = `only a part of ${occurrence.sale} is approved`;
  if (approved === undefined) return { replicas: free, holdsStanding: true, why };
  return { replicas: Math.max(free, approved), highestBound: Math.max(free, approved), holdsStanding: true, why };
}

/**
 * Limits each target to what the sales that cover it now may raise, the highest of them; undefined when none of them
 * asks for approval. What needs no approval by `aboveExtraReplicas` is shared once among all that cover now.
 */
export function approvalLimits(
  { policy }: Pick<Observation, 'policy'>,
  approvals: ReadonlyMap<string, SaleApproval>,
  chain: ReplicaChain,
): ReadonlyMap<string, ApprovalLimit> | undefined {
  const covering = [...approvals.values()].filter(({ sale }) => sale.covers);
  if (covering.every(({ asked }) => asked.reasons.length === 0)) return undefined;
  const wants = covering.map(({ sale }) => wantedBySale(sale));
  const shares = extraShares(wants, chain, policy.approval?.aboveExtraReplicas ?? 0);
  const limits = new Map<string, ApprovalLimit>();
  for (const [name, { spec }] of chain.targets) {
    const own = covering
      .filter(({ sale }) => sale.needs.has(name))
      .map(approval => allowedBySale(approval, name, { baseline: spec.baseline.minReplicas, shares }));
    const [first, ...rest] = own;
    if (first !== undefined) limits.set(name, rest.reduce(loosest, first));
  }
  return limits;
}

/** The looser of two limits; a bound is limited only where both limit it. */
function loosest(one: ApprovalLimit, other: ApprovalLimit): ApprovalLimit {
  const { replicas, why } = other.replicas > one.replicas ? other : one;
  const bounds = [one.highestBound, other.highestBound].filter(bound => bound !== undefined);
  return {
    replicas,
    why,
    holdsStanding: one.holdsStanding || other.holdsStanding,
    ...(bounds.length === 2 ? { highestBound: Math.max(...bounds) } : {}),
  };
}
