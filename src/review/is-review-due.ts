import type { TargetObservation } from '../observe/observation.ts';
import type { SaleOutlook } from '../plan/plan.ts';

/** Whether a sale can be reviewed: it is over, and its last minutes are either measured or too old to wait for. */
export function isReviewDue(
  { stage, end, targets }: SaleOutlook,
  observed: readonly TargetObservation[],
  now: number,
): boolean {
  if (stage !== 'Over') return false;
  const patienceMs = 15 * 60_000;
  return now >= end + patienceMs || targets.every(({ target }) => isMeasuredUntil(observed, target, end));
}

function isMeasuredUntil(observed: readonly TargetObservation[], name: string, end: number): boolean {
  const demand = observed.find(({ target }) => target.metadata.name === name)?.demand;
  if (demand === undefined || 'missing' in demand) return false;
  const { start, stepSeconds, values } = demand.recent;
  return start + values.length * stepSeconds * 1000 >= end;
}
