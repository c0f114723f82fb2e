import type { CapacityHour } from '../../api/learned/capacity-hour.ts';
import { formatQuantity, parseQuantity } from '../../api/quantity.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { estimateCapacity } from './estimate-capacity.ts';

/** Share of the stated capacity below which the learned one contradicts it, even at the high end of its range. */
const contradictingShare = 0.95;

/** Describes what was learned of a replica's capacity, in a sentence; undefined while nothing was. */
export function describeCapacity(
  { spec, status }: Pick<ScalingTarget, 'spec' | 'status'>,
  now: number,
): string | undefined {
  const hours = hoursOf({ spec, status });
  const estimate = estimateCapacity(hours, now);
  if (estimate === undefined) return undefined;
  const stated = `${formatQuantity(parseQuantity(spec.capacityPerReplica))} stated`;
  if (estimate.kind === 'AtLeast') {
    return `at least ${formatQuantity(round(estimate.perReplica))} requests/s per replica (${stated}): the objective never broke in ${countOf(hours)}, so how much more is unknown.`;
  }
  const { perReplica, low, high } = estimate;
  const range = `${formatQuantity(round(low))} to ${formatQuantity(round(high))} with 80 % probability`;
  return `${formatQuantity(round(perReplica))} requests/s per replica (${stated}), ${range}, from ${countOf(hours)}.`;
}

/** Describes how history contradicts the stated capacity, with the next step; undefined where it does not. */
export function contradictedCapacity(
  { spec, status }: Pick<ScalingTarget, 'spec' | 'status'>,
  now: number,
): string | undefined {
  const hours = hoursOf({ spec, status });
  const estimate = estimateCapacity(hours, now);
  const stated = parseQuantity(spec.capacityPerReplica);
  if (estimate?.kind !== 'Known' || estimate.high >= contradictingShare * stated) return undefined;
  const newest = hours.findLast(({ brokeAt }) => brokeAt !== undefined && brokeAt < stated);
  if (newest?.brokeAt === undefined) return undefined;
  const most = spec.objective?.p95Milliseconds;
  const broke = most === undefined ? 'its objective did not hold' : `p95 rose above ${most} ms`;
  const [at, learned] = [round(newest.brokeAt), round(estimate.perReplica)].map(formatQuantity);
  return `${formatQuantity(stated)} requests/s per replica are stated; ${broke} at ${at} a replica on ${newest.at.slice(0, 10)}. Set capacityPerReplica to ${learned}, or find what slows it down.`;
}

function hoursOf({ spec, status }: Pick<ScalingTarget, 'spec' | 'status'>): readonly CapacityHour[] {
  return (status?.capacityHours ?? []).filter(({ workload }) => workload === spec.workloadRef.name);
}

function countOf(hours: readonly CapacityHour[]): string {
  return hours.length === 1 ? '1 hour' : `${hours.length} hours`;
}

/** Rounds to two significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(2));
}
