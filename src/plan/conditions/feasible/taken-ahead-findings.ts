import { formatInstant } from '../../../api/instant.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import { fairTotal } from '../../floor/replicas/keep-total.ts';
import type { ReplicaChain } from '../../floor/replicas/replica-chain.ts';
import type { NamespaceReplicas, NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import { replicasTogether } from '../../floor/replicas-together.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { wantedOf } from './limit-findings.ts';
import { recordedBeside, type SaleBeside, scheduledBeside } from './sale-beside.ts';

/** Milliseconds before its start within which any sale is raised. */
const earlyMs = 2 * 86_400_000;

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
    /** The sales that are planned now. */
    readonly sales: readonly ScheduledSale[];
    /** The sales that count in the demand of others, as `countedSales` gives them. */
    readonly counted: readonly Occurrence[];
    readonly total: NamespaceTotal;
    readonly chain: ReplicaChain;
    /** Epoch ms. */
    readonly now: number;
  },
): readonly FeasibleFinding[] {
  if (sale.mode !== 'Apply') return [];
  const { total, chain, now } = context;
  const beside = besideOf(sale, context);
  if (beside.length === 0) return [];
  const isFitting = wantedOf(highestOf([sale, ...beside])) <= total.replicas;
  if (isFitting && chain.limits.length === 0) return [];
  const own = scheduledBeside(sale);
  const times = new Set([own, ...beside].map(({ from }) => from).filter(at => now < at && own.from <= at));
  const worst = new Map<string, Loss>();
  for (const at of [...times].sort((a, b) => a - b)) {
    const others = beside.filter(({ from, end }) => from <= at && at < end);
    for (const loss of others.length === 0 ? [] : lossesOf(own, { others, from: at, total, chain })) {
      const before = worst.get(loss.target);
      if (before === undefined || loss.replicas < before.replicas) worst.set(loss.target, loss);
    }
  }
  return [...worst.values()].map(({ target, replicas, needed, limit, from, others }) => {
    const taken = `${limit} leaves ${replicas} of ${needed} replicas`;
    const need = others.length === 1 ? 'needs' : 'need';
    const message = `${target}: ${taken} from ${formatInstant(from)} on, while ${others.join(', ')} ${need} the rest.`;
    return infeasible({
      reason: 'LimitBinds',
      verdict: 'AtRisk',
      message,
      mend: 'Raise that limit, or move one of the sales.',
    });
  });
}

/** The sales that are raised at some time together with a sale: by their plan of now, else by their SalePlan. */
function besideOf(
  sale: ScheduledSale,
  { sales, counted }: { readonly sales: readonly ScheduledSale[]; readonly counted: readonly Occurrence[] },
): readonly SaleBeside[] {
  const scheduled = new Set(sales.map(({ occurrence }) => occurrence.salePlan));
  const { prescaleTime, occurrence } = sale;
  const meets = (from: number, end: number) => from < occurrence.end && prescaleTime < end;
  const planned = sales.filter(
    other => other !== sale && other.mode === 'Apply' && meets(other.prescaleTime, other.occurrence.end),
  );
  const recorded = counted.filter(other => !scheduled.has(other.salePlan) && meets(other.start - earlyMs, other.end));
  return [...planned.map(scheduledBeside), ...recorded.flatMap(recordedBeside)].filter(({ from, end }) =>
    meets(from, end),
  );
}

function lossesOf(
  sale: SaleBeside,
  at: {
    readonly others: readonly SaleBeside[];
    readonly from: number;
    readonly total: NamespaceTotal;
    readonly chain: ReplicaChain;
  },
): readonly Loss[] {
  const { others, from, total, chain } = at;
  const all = [sale, ...others];
  const together =
    chain.limits.length === 0
      ? highestOf(all)
      : replicasTogether(
          all.map(one => one.needs()),
          chain,
        );
  const fitsAlone = wantedOf(sale.whole) <= total.replicas;
  const shares = fitsAlone ? fairTotal(together, chain.targets, total.replicas) : undefined;
  return [...sale.whole].flatMap(([target, { replicas: needed, limitedBy: own }]): readonly Loss[] => {
    if (chain.targets.get(target)?.mayRaise !== true) return [];
    const { replicas = needed, limitedBy } = together.get(target) ?? {};
    const told = { target, needed, from, others: others.map(other => other.sale) };
    const share = shares?.get(target) ?? replicas;
    if (share < Math.min(replicas, needed))
      return [{ ...told, replicas: share, limit: `${total.field} of ${total.replicas}` }];
    if (limitedBy === undefined || own !== undefined || replicas >= needed) return [];
    return [{ ...told, replicas, limit: `limit ${limitedBy.limit.name} of ${limitedBy.limit.total}` }];
  });
}

/** What sales need together where they share no limit: of each target the highest, since each counts the others' demand. */
function highestOf(sales: readonly Pick<SaleBeside, 'whole'>[]): NamespaceReplicas {
  const [first, ...others] = sales;
  const highest = new Map(first?.whole);
  for (const { whole } of others)
    for (const [name, numbers] of whole) {
      const before = highest.get(name);
      if (before === undefined || before.replicas < numbers.replicas) highest.set(name, numbers);
    }
  return highest;
}
