import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { leadTimeEvidence, leadTimeOfRaise } from '../../learn/lead-time/measured-lead-time.ts';
import type { WorkloadObservation } from '../observation.ts';
import type { LeadTime } from './capacity-observation.ts';

/**
 * Reads the lead time of a target: until a pod is ready, and its warm-up after that.
 *
 *   until ready   learned from `status.scaleUps`, for a raise as large as the largest of them; else `leadTimeSeconds`
 *   warm-up       `warmUpSeconds`, else the workload's `minReadySeconds`
 */
export function readLeadTime(
  target: Pick<ScalingTarget, 'spec' | 'status'>,
  workload: WorkloadObservation | Missing,
): LeadTime {
  const { warmUpSeconds = isMissing(workload) ? 0 : (workload.minReadySeconds ?? 0) } = target.spec;
  const { seconds, source } = leadTimeOfRaise(leadTimeEvidence(target));
  return {
    seconds: seconds + warmUpSeconds,
    source,
    ...(warmUpSeconds === 0 ? {} : { warmUpSeconds }),
  };
}
