import type { CapacityHour } from '../../api/learned/capacity-hour.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { type CapacityInUse, capacityAt, capacityHoursOf, capacityInUse } from './capacity-in-use.ts';

/** Share of the stated capacity below which the learned one contradicts it, even at the high end of its range. */
const contradictingShare = 0.95;

/** What is said where nobody knows the capacity, in the middle of a sentence. */
export const unknownCapacity = 'capacityPerReplica is not stated and not learned with confidence';

/** How an hour by which an HPA shows the capacity is told, in the middle of a sentence. */
const aboveTarget = 'its HPA was above its target with all replicas ready';

/** What a person can do about a capacity that nobody knows. */
export const stateCapacity =
  'State capacityPerReplica, or objective.query with p95Milliseconds, so that it is learned when the objective breaks.';

/** Describes what demand is divided by, in a phrase. */
export function describeDivisor(capacity: Exclude<CapacityInUse, { basis: 'Unknown' }>): string {
  const rate = `${formatQuantity(round(capacity.perReplica))} requests/s per replica`;
  if (capacity.basis === 'Stated') return `${formatQuantity(capacity.perReplica)} requests/s per replica`;
  return `${rate}, learned from ${countOf(capacity.hours)} in which ${capacity.sign === undefined ? 'the objective broke' : aboveTarget} (${rangeOf(capacity.perReplica, capacity.high)})`;
}

/**
 * Describes the capacity that a target is planned with, and what was learned beside it, in one sentence. A rate at which
 * the objective never broke is told as a lower bound.
 */
export function describeCapacity(target: Pick<ScalingTarget, 'spec' | 'status'>, now: number): string {
  const inUse = capacityInUse(target, now);
  const hours = capacityHoursOf(target);
  const estimate = capacityAt(hours, now);
  switch (inUse.basis) {
    case 'Learned':
      return `${describeDivisor(inUse)}.`;
    case 'Unknown':
      return `not known: ${unknownCapacity}${learnedOf(estimate, hours)}; sales get the replicas of ordinary load × the peak.`;
    case 'Stated':
      return `${describeDivisor(inUse)}, as stated${learnedOf(estimate, hours)}.`;
  }
}

/** Describes what was learned, in a clause; empty while nothing was. */
function learnedOf(estimate: ReturnType<typeof capacityAt>, hours: readonly CapacityHour[]): string {
  if (estimate === undefined) return '';
  const rate = formatQuantity(round(estimate.perReplica));
  const known =
    estimate.kind === 'Known' ? ` (${rangeOf(estimate.low, estimate.high)}, from ${countOf(hours.length)})` : '';
  if (hours.at(-1)?.sign !== undefined) return `; ${aboveTarget} at ${rate}${known}`;
  return estimate.kind === 'AtLeast'
    ? `; it served at least ${rate}: the objective never broke in ${countOf(hours.length)}, so how much more is unknown`
    : `; the objective broke at ${rate}${known}`;
}

/** Describes how history contradicts the stated capacity, with the next step; undefined where it does not. */
export function contradictedCapacity(target: Pick<ScalingTarget, 'spec' | 'status'>, now: number): string | undefined {
  const hours = capacityHoursOf(target);
  const estimate = capacityAt(hours, now);
  const { basis, perReplica: stated } = capacityInUse(target, now);
  // An HPA that is above its target is no broken objective: it keeps some headroom.
  if (hours.at(-1)?.sign !== undefined) return undefined;
  if (basis !== 'Stated' || estimate?.kind !== 'Known' || estimate.high >= contradictingShare * stated)
    return undefined;
  const newest = hours.findLast(({ brokeAt }) => brokeAt !== undefined && brokeAt < stated);
  if (newest?.brokeAt === undefined) return undefined;
  const most = target.spec.objective?.p95Milliseconds;
  const broke = most === undefined ? 'its objective did not hold' : `p95 rose above ${most} ms`;
  const [at, learned] = [round(newest.brokeAt), round(estimate.perReplica)].map(formatQuantity);
  return `${formatQuantity(stated)} requests/s per replica are stated; ${broke} at ${at} a replica on ${newest.at.slice(0, 10)}. Set capacityPerReplica to ${learned}, or find what slows it down.`;
}

function rangeOf(low: number, high: number): string {
  return `${formatQuantity(round(low))} to ${formatQuantity(round(high))} with 80 % probability`;
}

function countOf(hours: number): string {
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** Rounds to two significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(2));
}
