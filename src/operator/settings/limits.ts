import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits } from '../../observe/observation.ts';
import type { Settings } from './settings.ts';

/** Settings that observations and plans depend on. */
export function limitsOf(settings: Settings): Limits {
  const { caps, surgeRoomPercent, tickSeconds, staleAfterSeconds, writesPerSecond, channels } = settings;
  return {
    replicasPerTarget: caps.replicasPerTarget,
    replicasPerNamespace: caps.replicasPerNamespace,
    surgeRoomPercent,
    tickSeconds,
    staleAfterSeconds,
    writesPerSecond,
    channels: Object.keys(channels).sort(),
  };
}

/** The most replicas that a write may give one target: the smaller of the operator's cap and the policy's. */
export function writeCap(
  { replicasPerTarget }: Pick<Limits, 'replicasPerTarget'>,
  { maxReplicasPerTarget }: Pick<ScalingPolicySpec, 'maxReplicasPerTarget'>,
): number {
  return Math.min(replicasPerTarget, maxReplicasPerTarget ?? Number.POSITIVE_INFINITY);
}
