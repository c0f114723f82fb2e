import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { wantedOf } from './limit-findings.ts';

/**
 * Finds the targets of a sale that is due to which the total or a shared limit leaves less than it needs, because other
 * sales or targets have the rest. A sale that would not fit by itself has said so since it is known.
 *
 *   the sale alone                        what binds now     →  finding
 *   needs more than the total             any                   none: the total's own
 *   needs more than a shared limit        that limit            none: the limit's own
 *   fits                                  total or limit        LimitBinds, for each target that gets less
 *   any                                   an emergency's floor  none: the emergency's own
 */
export function takenFindings(
  { covers, mode, whole }: Pick<ScheduledSale, 'covers' | 'mode' | 'whole'>,
  { reached, total }: { readonly reached: readonly DesiredFloor[]; readonly total: NamespaceTotal },
): readonly FeasibleFinding[] {
  if (!covers || mode !== 'Apply') return [];
  const fits = wantedOf(whole) <= total.replicas;
  return reached.flatMap(({ name, floor, replicas = 0, isShared, limitedBy, emergency, because }) => {
    const numbers = whole.get(name);
    const isBound = (isShared && fits) || (limitedBy !== undefined && numbers?.limitedBy === undefined);
    const needed = Math.min(numbers?.replicas ?? 0, floor?.replicas ?? 0);
    const limit = because.findLast(({ rule }) => rule === 'limit' || rule === 'sharedLimit');
    if (!isBound || emergency !== undefined || replicas >= needed || limit === undefined) return [];
    const message = `${name}: ${limit.message}, because what stands beside the sale has the rest.`;
    return [
      infeasible({ reason: 'LimitBinds', verdict: 'AtRisk', message, mend: 'Raise that limit, or lower what stands.' }),
    ];
  });
}
