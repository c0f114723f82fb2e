import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { WorkloadObservation } from '../observation.ts';
import type { LeadTime } from './capacity-observation.ts';

/**
 * Reads the lead time of a target: until a pod is ready, and its warm-up after that.
 *
 *   until ready   measured, else `leadTimeSeconds`
 *   warm-up       `warmUpSeconds`, else the workload's `minReadySeconds`
 */
export function readLeadTime({ spec, status }: ScalingTarget, workload: WorkloadObservation | Missing): LeadTime {
  const warmUpSeconds = spec.warmUpSeconds ?? (isMissing(workload) ? 0 : (workload.minReadySeconds ?? 0));
  const measured = status?.measuredLeadTimeSeconds;
  return {
    seconds: (measured ?? spec.leadTimeSeconds) + warmUpSeconds,
    source: measured === undefined ? 'Stated' : 'Measured',
    ...(warmUpSeconds === 0 ? {} : { warmUpSeconds }),
  };
}
