import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import type { SaleLimit } from '../../plan.ts';
import { capMend, wantedOf } from './limit-findings.ts';
import { liftOf, sharedLimitUses } from './shared-limit-uses.ts';

/**
 * Lists the limits that a whole sale meets, with what it uses and needs of each: every limit that targets share, the
 * namespace's total, and each cap on a target that binds. Those that bind come first.
 */
export function saleLimits(
  sale: Pick<ScheduledSale, 'whole'>,
  given: {
    readonly reached: readonly DesiredFloor[];
    readonly chain: Pick<ReplicaChain, 'limits' | 'targets'>;
    readonly total: NamespaceTotal;
  },
): readonly SaleLimit[] {
  const { reached, chain, total } = given;
  const shared = sharedLimitUses(sale, chain).map((use): SaleLimit => {
    const { limit, used, needed, payers } = use;
    return {
      limit: limit.name,
      total: limit.total,
      used,
      needed,
      payers: payers.map(({ user, from, replicas }) => ({ target: user.target, replicas, of: from })),
      ...(payers.length === 0 ? {} : { mend: `${capitalized(liftOf(use))}.` }),
    };
  });
  const caps = reached.flatMap(({ name }): readonly SaleLimit[] => {
    const { boundBy, needed = 0 } = sale.whole.get(name) ?? {};
    if (boundBy === undefined) return [];
    const { replicas, field } = boundBy;
    const payers = [{ target: name, replicas, of: needed }];
    return [
      { limit: `${name}: ${field}`, total: replicas, used: replicas, needed, payers, mend: capMend(boundBy, needed) },
    ];
  });
  const wanted = wantedOf(sale.whole);
  const whole: SaleLimit = {
    limit: total.field,
    total: total.replicas,
    used: Math.min(wanted, total.replicas),
    needed: wanted,
    payers: [],
    ...(wanted > total.replicas ? { mend: `Raise it to ${wanted}.` } : {}),
  };
  return [...shared, ...caps, ...(Number.isFinite(total.replicas) ? [whole] : [])].sort(
    (a, b) => Number(b.needed > b.total) - Number(a.needed > a.total),
  );
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
