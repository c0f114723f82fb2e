import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { lackingOf, liftOf, sharedLimitUses } from './shared-limit-uses.ts';

/**
 * Finds each shared limit that a sale needs more of than there is: how much is lacking, which targets get less for it,
 * and what would lift it. The whole sale counts, as for its SalePlan.
 */
export function sharedLimitFindings(
  sale: Pick<ScheduledSale, 'whole'>,
  chain: Pick<ReplicaChain, 'limits' | 'targets'>,
): readonly FeasibleFinding[] {
  return sharedLimitUses(sale, chain)
    .filter(({ payers }) => payers.length > 0)
    .map(use => {
      const { limit, payers } = use;
      const paid = payers.map(({ user, from, replicas }) => `${user.target} gets ${replicas} of ${from} replicas`);
      const lacks = `limit ${limit.name} of ${limit.total} lacks ${lackingOf(use)}: ${paid.join(', ')}`;
      return infeasible({ reason: 'LimitBinds', verdict: 'AtRisk', message: `${lacks}; ${liftOf(use)}.` });
    });
}
