import { formatInstant } from '../../../api/instant.ts';
import { fairTotal } from '../../floor/replicas/keep-total.ts';
import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { NamespaceReplicas, NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import { replicasTogether } from '../../floor/replicas-together.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { wantedOf } from './limit-findings.ts';

/** What a target will be left with, from when on, and what limits it. */
interface Loss {
  readonly target: string;
  readonly replicas: number;
  readonly needed: number;
  readonly limit: string;
  /** Epoch ms. */
  readonly from: number;
  /** Names of the sales beside it. */
  readonly others: readonly string[];
}

/**
 * Finds the targets of a sale that will have less than it needs once other sales are raised beside it, because a total
 * or a shared limit suffices for each of the sales but not for all of them. What binds now is told by `takenFindings`.
 *
 *   limit 400, both need 290      now               →  finding of the sale with the lower tier
 *   night at 19:00, drop at 20:00 before 20:00         from 20:00 on, while drop is raised: 110 of 290
 *   the same                      from 20:00 on        none: it binds already
 *   night alone needs 500         any                  none: the limit's own
 */
export function takenAheadFindings(
  sale: ScheduledSale,
  context: {
    /** All sales that are not over. */
    readonly sales: readonly ScheduledSale[];
    readonly total: NamespaceTotal;
    readonly chain: ReplicaChain;
    /** Epoch ms. */
    readonly now: number;
  },
): readonly FeasibleFinding[] {
  if (sale.mode !== 'Apply') return [];
  const { sales, total, chain, now } = context;
  const beside = sales.filter(
    other =>
      other !== sale &&
      other.mode === 'Apply' &&
      other.prescaleTime < sale.occurrence.end &&
      sale.prescaleTime < other.occurrence.end,
  );
  if (beside.length === 0) return [];
  const isFitting = wantedOf(highestOf([sale, ...beside])) <= total.replicas;
  if (isFitting && chain.limits.length === 0) return [];
  const times = new Set(
    [sale, ...beside].map(({ prescaleTime }) => prescaleTime).filter(at => now < at && sale.prescaleTime <= at),
  );
  const worst = new Map<string, Loss>();
  for (const from of [...times].sort((a, b) => a - b)) {
    const others = beside.filter(other => other.prescaleTime <= from && from < other.occurrence.end);
    for (const loss of others.length === 0 ? [] : lossesOf(sale, { others, from, total, chain })) {
      const before = worst.get(loss.target);
      if (before === undefined || loss.replicas < before.replicas) worst.set(loss.target, loss);
    }
  }
  return [...worst.values()].map(({ target, replicas, needed, limit, from, others }) => {
    const taken = `${limit} leaves ${replicas} of ${needed} replicas`;
    const message = `${target}: ${taken} from ${formatInstant(from)} on, while ${others.join(', ')} needs the rest.`;
    return infeasible({
      reason: 'LimitBinds',
      verdict: 'AtRisk',
      message,
      mend: 'Raise that limit, or move one of the sales.',
    });
  });
}

function lossesOf(
  sale: ScheduledSale,
  at: {
    readonly others: readonly ScheduledSale[];
    readonly from: number;
    readonly total: NamespaceTotal;
    readonly chain: ReplicaChain;
  },
): readonly Loss[] {
  const { others, from, total, chain } = at;
  const all = [sale, ...others];
  const needs = all.map(one => one.needs);
  const together = chain.limits.length === 0 ? highestOf(all) : replicasTogether(needs, chain);
  const fitsAlone = wantedOf(sale.whole) <= total.replicas;
  const shares = fitsAlone ? fairTotal(together, chain.targets, total.replicas) : undefined;
  return [...sale.whole].flatMap(([target, { replicas: needed, limitedBy: own }]): readonly Loss[] => {
    if (chain.targets.get(target)?.mayRaise !== true) return [];
    const { replicas = needed, limitedBy } = together.get(target) ?? {};
    const told = { target, needed, from, others: others.map(({ occurrence }) => occurrence.sale) };
    const share = shares?.get(target) ?? replicas;
    if (share < Math.min(replicas, needed))
      return [{ ...told, replicas: share, limit: `${total.field} of ${total.replicas}` }];
    if (limitedBy === undefined || own !== undefined || replicas >= needed) return [];
    return [{ ...told, replicas, limit: `limit ${limitedBy.limit.name} of ${limitedBy.limit.total}` }];
  });
}

/** What sales need together where they share no limit: of each target the highest, since each counts the others' demand. */
function highestOf(sales: readonly Pick<ScheduledSale, 'whole'>[]): NamespaceReplicas {
  const [first, ...others] = sales;
  const highest = new Map(first?.whole);
  for (const { whole } of others)
    for (const [name, numbers] of whole) {
      const before = highest.get(name);
      if (before === undefined || before.replicas < numbers.replicas) highest.set(name, numbers);
    }
  return highest;
}
