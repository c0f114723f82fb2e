import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Scaler } from '../accept/scaler.ts';
import { rampDown } from '../floor/ramp-down.ts';
import type { Bounds } from '../plan.ts';

/** One step back towards the baseline. An annotation that is absent here is removed by the very request. */
export interface Restore {
  readonly bounds: Bounds;
  readonly floor?: number;
  readonly floorMax?: number;
  /** What the restore still waits for, in words; absent when this step is the last. */
  readonly waitsFor?: string;
}

/**
 * How a raised scaler goes back. The minimum goes by the policy's rampDown, one write by default: the HPA decides what the
 * load still needs. The maximum follows once the HPA neither has nor wants more than the baseline's, because lowering it
 * kills pods.
 *
 *   live            HPA has / wants   baseline   →  bounds   annotations left
 *   35..53, ours    30 / 28           4..20         4..53    floor-max 53
 *   4..53, ours     12 / 9            4..20         4..20    none: restored
 *   35..53, ours    10 / 10           4..20         4..20    none: restored in one request
 */
export function restoreBounds(input: {
  readonly scaler: Scaler;
  readonly spec: ScalingTargetSpec;
  /** The highest minimum of the sale, in replicas. */
  readonly peak: number;
  readonly policy: ScalingPolicySpec;
  /** Epoch ms. */
  readonly now: number;
}): Restore {
  const { scaler, spec, peak, policy, now } = input;
  const { baseline } = spec;
  const live = Math.max(scaler.floor === undefined ? 0 : scaler.minReplicas, baseline.minReplicas);
  const minReplicas = rampDown({ live, wanted: baseline.minReplicas, peak, policy, writtenAt: scaler.writtenAt, now });
  const needed = Math.max(scaler.currentReplicas, scaler.desiredReplicas, minReplicas);
  const keepsMax = needed > baseline.maxReplicas && scaler.maxReplicas > baseline.maxReplicas;
  const maxReplicas = keepsMax ? Math.max(scaler.maxReplicas, minReplicas) : baseline.maxReplicas;
  const isDown = minReplicas === baseline.minReplicas;
  return {
    bounds: { minReplicas, maxReplicas },
    ...(isDown ? {} : { floor: minReplicas }),
    ...(keepsMax ? { floorMax: maxReplicas } : {}),
    ...(isDown && !keepsMax ? {} : { waitsFor: describeWait({ scaler, spec, minReplicas, needed }) }),
  };
}

function describeWait(input: {
  readonly scaler: Scaler;
  readonly spec: ScalingTargetSpec;
  readonly minReplicas: number;
  readonly needed: number;
}): string {
  const { scaler, spec, minReplicas, needed } = input;
  return minReplicas > spec.baseline.minReplicas
    ? `minReplicas goes from ${minReplicas} to ${spec.baseline.minReplicas} at the policy's rampDown`
    : `maxReplicas stays ${scaler.maxReplicas} until HPA ${scaler.name}, at ${needed} replicas, needs no more than ${spec.baseline.maxReplicas}`;
}
