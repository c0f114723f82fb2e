import { isMissing } from '../../../api/missing.ts';
import { amountOf } from '../../../api/pods/pod-requests.ts';
import { formatQuantity } from '../../../api/quantity.ts';
import type { LimitRangeObservation, QuotaObservation } from '../../../observe/capacity/capacity-observation.ts';
import { mayRaise } from '../../accept/target-standing.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { quotaTakes } from '../../room/quota-takes.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/** What sums of fractions may differ by, as a share. */
const tolerance = 1e-9;

/**
 * Finds the quotas that leave less than the pods that a sale adds take. A quota counts what runs now and what is added:
 *
 *   hard of the quota   −  used now   <  Σ (replicas of the whole sale − those that run) × what one pod takes
 *
 * What one pod takes is counted as Kubernetes does, with the defaults of the LimitRanges. A workload whose pods are not
 * known counts for `pods` alone.
 */
export function quotaFindings(
  { whole }: ScheduledSale,
  reached: readonly DesiredFloor[],
  {
    quotas = [],
    limitRanges = [],
  }: {
    readonly quotas?: readonly QuotaObservation[];
    readonly limitRanges?: readonly LimitRangeObservation[];
  },
): readonly FeasibleFinding[] {
  if (quotas.length === 0) return [];
  const takes = quotaTakes(limitRanges);
  const added = reached.filter(mayRaise).map(({ name, observed: { workload }, scaler }) => {
    const pods = Math.max(0, (whole.get(name)?.replicas ?? 0) - (scaler?.currentReplicas ?? 0));
    return { pods, shape: isMissing(workload) ? undefined : workload.pod };
  });
  const pods = takes(added, 'pods');
  return quotas.flatMap(quota =>
    Object.entries(quota.hard).flatMap(([resource, stated]) => {
      const needed = takes(added, resource);
      const hard = amountOf(quota.hard, resource) ?? Number.POSITIVE_INFINITY;
      const used = amountOf(quota.used, resource) ?? 0;
      if (needed <= 0 || used + needed <= hard + tolerance * needed) return [];
      const free = formatAmount(Math.max(0, hard - used), resource);
      const message = `ResourceQuota ${quota.name}: ${resource} of ${stated} has ${free} left, and the ${pods} pods that the sale adds take ${formatAmount(needed, resource)}.`;
      const mend = `Set it to ${formatAmount(used + needed, resource)}.`;
      return [infeasible({ reason: 'QuotaBinds', verdict: 'AtRisk', message, mend })];
    }),
  );
}

function formatAmount(value: number, resource: string): string {
  if (!resource.includes('memory')) return formatQuantity(Math.ceil(value * 1000 - tolerance) / 1000);
  const mebi = value / 2 ** 20;
  return mebi >= 10_240 ? `${Math.ceil(mebi / 1024 - tolerance)}Gi` : `${Math.ceil(mebi - tolerance)}Mi`;
}
