import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { sizingOf } from '../../plan/floor/replicas/divide-by-capacity.ts';
import { capOf } from '../../plan/floor/replicas/limit-to-cap.ts';
import { leadOfRaise } from '../../plan/lead-of-raise.ts';
import type { PeakingService } from '../../review/ordinary-day.ts';

type Stated = Pick<Observation, 'now' | 'policy' | 'limits'>;

/**
 * Returns the numbers by which the ordinary days of a target are simulated: its capacity, and the measured lead time of a
 * raise as large as its baseline. Undefined where ordinary peaks are not raised, or no capacity is known.
 */
export function peakingService(
  observed: TargetObservation,
  { now, policy, limits }: Stated,
): PeakingService | undefined {
  const { target } = observed;
  const { headroomRatio, capacity } = sizingOf(target, now);
  if (!target.spec.ordinaryPeaks || capacity.perReplica === undefined) return undefined;
  const { minReplicas, maxReplicas } = target.spec.baseline;
  return {
    capacity: capacity.perReplica,
    headroomRatio,
    minReplicas,
    maxReplicas,
    ceiling: capOf(target.spec, policy, limits).replicas,
    leadSeconds: leadOfRaise(observed, minReplicas),
    tickSeconds: limits.tickSeconds,
  };
}

/** Identity of what the days are simulated by, without what is learned, which changes from day to day. */
export function peakingKey({ target: { spec } }: TargetObservation, { policy, limits }: Stated): string {
  if (!spec.ordinaryPeaks) return '';
  const { capacityPerReplica, headroomPercent, baseline } = spec;
  return JSON.stringify([capacityPerReplica, headroomPercent, baseline, capOf(spec, policy, limits).replicas]);
}
