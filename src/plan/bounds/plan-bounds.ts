import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { Bounds } from '../plan.ts';

/**
 * Plans the bounds for a floor that is already within all limits.
 *
 *   floor   baseline   cap   live            →  minReplicas   maxReplicas
 *   none    4..20      240   4..20              4             20
 *   35      4..20      240   4..20              35            53     max = floor × surge room of 50 %
 *   240     4..20      240   4..20              240           240    surge room ends at the cap
 *   35      4..20      240   35..80, ours       35            80     max stays until the restore: less kills pods
 *   35      4..20      240   60..60, by hand    60            60     a higher minimum of another writer stays
 *   35      4..20      30    35..53, runs 40    30            53     a lowered cap lowers max once no pod is lost
 *   none    4..20      2     4..20              4             20     a cap below the baseline only stops raises
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export function planBounds(input: {
  /** Replicas; undefined when no floor is due. */
  readonly floor: number | undefined;
  readonly spec: ScalingTargetSpec;
  /** The strictest cap, in replicas. */
  readonly cap: number;
  readonly surgeRoomPercent: number;
  readonly scaler: Scaler | undefined;
}): Bounds {
  const { floor, spec, cap, surgeRoomPercent, scaler } = input;
  const { baseline } = spec;
  if (floor === undefined || floor <= baseline.minReplicas) return baseline;
  const { liveMin, liveMax, running } = liveBounds(scaler);
  const minReplicas = Math.max(baseline.minReplicas, Math.min(cap, Math.max(floor, liveMin)));
  const roomy = Math.max(Math.ceil((floor * (100 + surgeRoomPercent)) / 100), liveMax);
  const allowed = Math.max(baseline.maxReplicas, minReplicas, Math.min(cap, roomy));
  return { minReplicas, maxReplicas: allowed < liveMax && allowed < running ? liveMax : allowed };
}

/**
 * The live bounds that stay. A minimum that we did not write is kept as another writer’s; a workload’s replicas are
 * not.
 */
function liveBounds(scaler: Scaler | undefined) {
  if (scaler === undefined || scaler.kind === 'Workload') return { liveMin: 0, liveMax: 0, running: 0 };
  const isOurs = scaler.floor !== undefined && scaler.minReplicas <= scaler.floor;
  return {
    liveMin: isOurs ? 0 : scaler.minReplicas,
    liveMax: scaler.maxReplicas,
    running: Math.max(scaler.currentReplicas, scaler.desiredReplicas),
  };
}
