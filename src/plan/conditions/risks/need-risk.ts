import { formatQuantity } from '../../../api/quantity.ts';
import { replicasFor, sizingOf } from '../../floor/replicas/divide-by-capacity.ts';
import { formatTimes, formatWhole, highestDemand, type TargetCheck } from './target-check.ts';

/** Multiple of the cap from which the need itself is doubtful. */
const doubtfulTimes = 4;

/** Reports a need of many times the target's cap, or of nothing at all. */
export function needRisk({ need, desired: { name, observed, cap }, now }: TargetCheck): readonly string[] {
  const { spec } = observed.target;
  const demand = highestDemand(need);
  if (demand === undefined) return [];
  if (demand <= 0) {
    return [`${name}: the forecast is 0 requests/s at its highest. Check that demand.query counts its requests.`];
  }
  const {
    headroomRatio,
    capacity: { perReplica: capacity },
  } = sizingOf(observed.target, now);
  if (capacity === undefined) return [];
  const replicas = replicasFor(demand * headroomRatio, capacity);
  const most = Math.max(cap.replicas, spec.baseline.minReplicas);
  if (replicas < doubtfulTimes * most) return [];
  return [
    `${name}: ${formatQuantity(demand)} requests/s at ${formatQuantity(capacity)} per replica need ${formatWhole(replicas)} replicas, ${formatTimes(replicas / most)} times the ${formatWhole(most)} that ${cap.field} allows. Check capacityPerReplica and the unit of demand.query, or raise the limit.`,
  ];
}
