import { isMissing } from '../../../api/missing.ts';
import type { TargetObservation } from '../../../observe/observation.ts';

/**
 * Counts the replicas of a target that serve at full speed at `now` (epoch ms).
 *
 *   pods          ready since                      →  counts
 *   known         at least the warm-up                yes
 *   known         less                                no
 *   not known     any                                 as the workload's status says
 *
 * The warm-up is `warmUpSeconds` of the target, else `minReadySeconds` of the workload.
 */
export function warmReplicas({ pods, workload, leadTime }: TargetObservation, now: number): number {
  if (pods === undefined) return isMissing(workload) ? 0 : workload.readyReplicas;
  const warmSince = now - (leadTime.warmUpSeconds ?? 0) * 1000;
  return pods.readySince.filter(since => since <= warmSince).length;
}
