import type { Observation } from '../observe/observation.ts';
import { standsRaised } from './accept/target-standing.ts';
import { nextFit } from './demand/fit-boundary.ts';
import type { DesiredFloor } from './floor/desired-floor.ts';
import type { ScheduledSale } from './floor/schedule-sales.ts';
import type { SaleOutlook, StrayPlan } from './plan.ts';

/**
 * The latest time of the next reconcile, epoch ms: when the next sale is to be raised, begins or ends, and at the next
 * fit; after one tick while anything is raised, covered, due for its review, may peak at any time, or is to be restored
 * although its target refers to it no longer.
 */
export function nextReconcile({
  observation: { now, limits },
  sales,
  desiredFloors,
  past,
  strays,
}: {
  readonly observation: Observation;
  readonly sales: readonly ScheduledSale[];
  readonly desiredFloors: readonly DesiredFloor[];
  readonly past: readonly SaleOutlook[];
  readonly strays: readonly StrayPlan[];
}): number {
  const isBusy =
    strays.length > 0 ||
    sales.some(({ covers }) => covers) ||
    past.some(({ stage }) => stage === 'Over') ||
    desiredFloors.some(desired => standsRaised(desired) || desired.observed.target.spec.ordinaryPeaks);
  const rest = isBusy ? now + limits.tickSeconds * 1000 : nextFit(now);
  const turns = sales.flatMap(({ prescaleTime, occurrence }) => [prescaleTime, occurrence.start, occurrence.end]);
  return Math.min(rest, ...turns.filter(turn => turn > now));
}
