import type { DesiredFloor } from '../../floor/desired-floor.ts';
import { type Cap, explainSteps, type NamespaceTotal } from '../../floor/replicas/replica-rule.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/** What lifts each cap, given the replicas that are needed. */
const mends: Readonly<Record<Cap['name'], (needed: number) => string>> = {
  Ceiling: needed => `Set spec.ceiling to ${needed}.`,
  PolicyReplicasPerTarget: needed => `Set maxReplicasPerTarget of the ScalingPolicy to ${needed}.`,
  SettingsReplicasPerTarget: needed => `Ask whoever runs the operator for caps.replicasPerTarget of ${needed}.`,
};

/**
 * Finds the limits that leave a sale less than it needs.
 *
 *   limit                        →  mend
 *   the target's ceiling            spec.ceiling
 *   the policy's or operator's      that cap
 *   the namespace's total           that total, as large as the whole sale
 */
export function limitFindings(
  { whole }: ScheduledSale,
  { reached, total }: { readonly reached: readonly DesiredFloor[]; readonly total: NamespaceTotal },
): readonly FeasibleFinding[] {
  const capped = reached.flatMap(({ name }): readonly FeasibleFinding[] => {
    const { steps = [], boundBy, needed = 0 } = whole.get(name) ?? {};
    const limits = explainSteps(steps.filter(({ rule }) => rule === 'limit'));
    return limits.map(({ message }, nth) => {
      const mend = boundBy === undefined || nth > 0 ? {} : { mend: capMend(boundBy, needed) };
      return infeasible({ reason: 'LimitBinds', verdict: 'AtRisk', message: `${name}: ${message}.`, ...mend });
    });
  });
  return [...capped, ...totalFinding(whole, total)];
}

/** Says what lifts a cap so that it leaves the replicas that are needed. */
export function capMend({ name }: Cap, needed: number): string {
  return mends[name](needed);
}

/** Returns the replicas that a whole sale needs of all its targets together, within caps. */
export function wantedOf(whole: ScheduledSale['whole']): number {
  return whole.values().reduce((sum, { replicas }) => sum + replicas, 0);
}

/** Compares the whole sale with the namespace's total, although only what is due now is shared out. */
function totalFinding(whole: ScheduledSale['whole'], { field, replicas }: NamespaceTotal): readonly FeasibleFinding[] {
  const wanted = wantedOf(whole);
  if (wanted <= replicas) return [];
  const message = `${field} of ${replicas} leaves less than the ${wanted} replicas needed.`;
  return [infeasible({ reason: 'LimitBinds', verdict: 'AtRisk', message, mend: `Raise it to ${wanted}.` })];
}
