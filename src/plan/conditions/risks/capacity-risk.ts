import { isMissing } from '../../../api/missing.ts';
import { formatQuantity } from '../../../api/quantity.ts';
import { capacityInUse } from '../../../learn/capacity/capacity-in-use.ts';
import { isRaised } from '../../accept/scaler.ts';
import { formatWhole, type TargetCheck } from './target-check.ts';

/**
 * Multiple of the replicas that serve ordinary load now, and of the HPA's maximum, from which the numbers contradict
 * each other.
 */
const liveTimes = 5;
const mostTimes = 2;
/** Factor for the opposite case: ten times as many replicas, beyond the baseline, as by capacityPerReplica. */
const idleTimes = 10;

/**
 * Reports that demand, capacityPerReplica and the replicas that serve it now contradict each other. During a raise
 * there are more replicas than ordinary load needs, on purpose.
 */
export function capacityRisk({ desired: { name, observed, scaler }, now }: TargetCheck): readonly string[] {
  const { demand, workload, target } = observed;
  const { baseline } = target.spec;
  if (isMissing(demand) || isMissing(workload) || (scaler !== undefined && isRaised(scaler))) return [];
  const load = medianOf(demand.recent.values);
  const { perReplica: capacity } = capacityInUse(target, now);
  if (load === undefined || capacity === undefined) return [];
  const wanted = Math.ceil(load / capacity);
  // A workload that was read from files has no uid: its number of replicas is not known.
  const live = workload.uid === '' ? undefined : workload.readyReplicas;
  const isLow = live !== undefined && live > baseline.minReplicas && wanted * idleTimes <= live;
  const isHigh =
    wanted >= mostTimes * baseline.maxReplicas || (live !== undefined && live > 0 && wanted >= liveTimes * live);
  if (!isLow && !isHigh) return [];
  const known =
    live === undefined ? `the HPA may run ${formatWhole(baseline.maxReplicas)}` : `${formatWhole(live)} serve it`;
  return [
    `${name}: its ordinary ${formatQuantity(load)} requests/s at ${formatQuantity(capacity)} per replica take ${formatWhole(wanted)} replicas, and ${known}. Check capacityPerReplica and the unit of demand.query.`,
  ];
}

function medianOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter(value => value !== null && Number.isFinite(value) && value >= 0) as number[];
  return known.sort((a, b) => a - b)[known.length >> 1];
}
