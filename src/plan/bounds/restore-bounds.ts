import { nameAutoscaler } from '../../api/autoscalers/autoscaler-kind.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Scaler } from '../accept/scaler.ts';
import { rampDown } from '../floor/ramp-down.ts';
import type { Bounds } from '../plan.ts';

/** One step back towards the baseline. An annotation that is absent here is removed by the same request. */
export interface Restore {
  readonly bounds: Bounds;
  readonly floor?: number;
  readonly floorMax?: number;
  /** What the rest of the restore depends on, in words; absent when this step is the last. */
  readonly waitsFor?: string;
}

/**
 * Plans the next step back of a raised scaler. The minimum is lowered by the policy's rampDown, by default in one
 * write: the HPA decides what the load still needs. The maximum is lowered once the HPA neither runs nor recommends
 * more than the baseline's maximum, because lowering it earlier kills pods.
 *
 *   live            current/desired   baseline   →  bounds   annotations left
 *   35..53, ours    30 / 28           4..20         4..53    floor-max 53
 *   4..53, ours     12 / 9            4..20         4..20    none: restored
 *   35..53, ours    10 / 10           4..20         4..20    none: restored in one request
 */
export function restoreBounds(input: {
  readonly scaler: Scaler;
  readonly spec: Pick<ScalingTargetSpec, 'baseline'>;
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
  readonly spec: Pick<ScalingTargetSpec, 'baseline'>;
  readonly minReplicas: number;
  readonly needed: number;
}): string {
  const { scaler, spec, minReplicas, needed } = input;
  return minReplicas > spec.baseline.minReplicas
    ? `minReplicas goes from ${minReplicas} to ${spec.baseline.minReplicas} at the policy's rampDown`
    : `maxReplicas stays ${scaler.maxReplicas} until ${nameAutoscaler(scaler)}, at ${needed} replicas, needs no more than ${spec.baseline.maxReplicas}`;
}
