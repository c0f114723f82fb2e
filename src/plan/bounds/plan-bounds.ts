import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { isAbove, type Scaler } from '../accept/scaler.ts';
import type { Bounds } from '../plan.ts';

/**
 * Plans the bounds for a floor that is already within all limits.
 *
 *   floor   baseline   cap   live            →  minReplicas   maxReplicas
 *   none    4..20      240   4..20              4             20
 *   35      4..20      240   4..20              35            53     max = floor × surge room of 50 %
 *   240     4..20      240   4..20              240           240    surge room ends at the cap
 *   35      4..20      240   35..80, ours       35            80     max stays until the restore: less kills pods
 *   35      4..20      240   60..60, by hand    60            60     higher bounds of another writer stay
 *   35      4..20      30    60..60, by hand    60            60     … above the cap, too: a raise never lowers
 *   35      4..20      30    35..53, runs 40    30            53     a lowered cap lowers max once no pod is lost
 *   none    4..20      2     4..20              4             20     a cap below the baseline only stops raises
 *   35      4..20      240   4..20, room 40     35            40     shared limits leave the maximum that much
 *   35      4..20      240   4..20, room 35     35            35     … or no surge room
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
  /** The most replicas that shared limits leave to the maximum; undefined where none binds. */
  readonly room?: number | undefined;
  readonly scaler: Scaler | undefined;
}): Bounds {
  const { floor, spec, cap, surgeRoomPercent, room = cap, scaler } = input;
  const { baseline } = spec;
  if (floor === undefined || floor <= baseline.minReplicas) return baseline;
  const { theirMin, theirMax, liveMax, running } = liveBounds(scaler);
  const minReplicas = Math.max(baseline.minReplicas, Math.min(cap, floor), theirMin);
  const roomy = Math.max(Math.ceil((floor * (100 + surgeRoomPercent)) / 100), liveMax);
  const allowed = Math.max(baseline.maxReplicas, minReplicas, theirMax, Math.min(cap, room, roomy));
  return { minReplicas, maxReplicas: allowed < liveMax && allowed < running ? liveMax : allowed };
}

/** The live bounds, and the part of them that another writer has set; a workload's replicas are no bounds. */
function liveBounds(scaler: Scaler | undefined) {
  if (scaler === undefined || scaler.kind === 'Workload') return { theirMin: 0, theirMax: 0, liveMax: 0, running: 0 };
  const { minReplicas, maxReplicas, floor, floorMax, currentReplicas, desiredReplicas } = scaler;
  return {
    theirMin: isAbove(minReplicas, floor) ? minReplicas : 0,
    theirMax: isAbove(maxReplicas, floorMax) ? maxReplicas : 0,
    liveMax: maxReplicas,
    running: Math.max(currentReplicas, desiredReplicas),
  };
}
