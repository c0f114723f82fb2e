import type { TargetObservation } from '../observe/observation.ts';
import { type Curve, highestStep, rowOf, stepAt } from './demand/curve.ts';
import { replicasFor, sizingOf } from './floor/replicas/divide-by-capacity.ts';
import { leadOfRaise } from './lead-of-raise.ts';

/**
 * Returns the steps of ordinary demand that must be served from now on, because a later raise would not be ready for
 * them: the lead time of the raise and a tick. How long that raise takes is measured by its size, which is what the
 * demand until the target's own lead time adds to the baseline; without scale-ups it is that lead time. `now` is in
 * epoch ms, `level` (0–1) the quantile that sizes the floor, and `to` exclusive.
 */
export function ordinarySteps(
  observed: TargetObservation,
  curve: Curve,
  { now, tickSeconds, level }: { readonly now: number; readonly tickSeconds: number; readonly level: number },
): { readonly from: number; readonly to: number } {
  const { target, leadTime } = observed;
  const from = stepAt(curve, now);
  const until = (leadSeconds: number) => {
    const step = stepAt(curve, now + (leadSeconds + tickSeconds) * 1000) + 1;
    return { from, to: Math.max(from + 1, Math.min(curve.steps, step)) };
  };
  const first = until(leadTime.seconds);
  const { headroomRatio, capacity } = sizingOf(target, now);
  if (capacity.perReplica === undefined) return first;
  const row = rowOf(curve, level);
  const demand = row[highestStep(row, first.from, first.to)] ?? 0;
  const pods = replicasFor(demand * headroomRatio, capacity.perReplica) - target.spec.baseline.minReplicas;
  return until(leadOfRaise(observed, pods));
}
