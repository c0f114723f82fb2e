import type { Observation } from '../observe/observation.ts';
import { standsRaised } from './accept/target-standing.ts';
import { nextFit } from './demand/fit-boundary.ts';
import type { DesiredFloor } from './floor/desired-floor.ts';
import type { ScheduledSale } from './floor/schedule-sales.ts';
import type { SaleOutlook } from './plan.ts';

/**
 * The latest time of the next reconcile, epoch ms: when the next sale is to be raised, begins or ends, and at the next
 * fit; after one tick while anything is raised, covered, due for its review or may peak at any time.
 */
export function nextReconcile(
  { now, limits }: Observation,
  sales: readonly ScheduledSale[],
  desiredFloors: readonly DesiredFloor[],
  past: readonly SaleOutlook[],
): number {
  const isBusy =
    sales.some(({ covers }) => covers) ||
    past.some(({ stage }) => stage === 'Over') ||
    desiredFloors.some(desired => standsRaised(desired) || desired.observed.target.spec.ordinaryPeaks);
  const rest = isBusy ? now + limits.tickSeconds * 1000 : nextFit(now);
  const turns = sales.flatMap(({ prescaleTime, occurrence }) => [prescaleTime, occurrence.start, occurrence.end]);
  return Math.min(rest, ...turns.filter(turn => turn > now));
}
