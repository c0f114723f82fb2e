import { fieldManager } from '../../api/group.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Scaler } from '../accept/scaler.ts';
import { rampDown } from '../floor/ramp-down.ts';

/** One step back to the baseline of a workload without an HPA. */
export interface ReplicasRestore {
  /** `spec.replicas` to write; absent = leave it. */
  readonly replicas?: number;
  /** The annotation that stays; absent once restored. */
  readonly floor?: number;
  readonly waitsFor?: string;
}

/**
 * Plans the next step back of replicas that we raised where no HPA follows the load: down to the baseline, but not
 * below what the newest demand needs, and only if we are the newest writer.
 *
 *   newest writer    demand                →  replicas
 *   another writer   any                      left alone, and no longer ours
 *   headstart        stale, sale over         held: no decrease on doubt
 *   headstart        needs 12, baseline 4     12, and again at the next reconcile
 *   headstart        needs 3, baseline 4      4: restored
 *   headstart        any, target given up     4: restored, because somebody asks for that
 */
export function restoreReplicas(input: {
  readonly scaler: Scaler;
  readonly spec: ScalingTargetSpec;
  /** Replicas for the demand of the newest minutes; absent when it is missing or stale. */
  readonly recentNeed: number | undefined;
  /** Whether the target is being deleted, was taken out of mode Apply, or an emergency ends its raise. */
  readonly isGivenUp: boolean;
  /** The highest floor of the sale, in replicas. */
  readonly peak: number;
  readonly policy: ScalingPolicySpec;
  /** Epoch ms. */
  readonly now: number;
}): ReplicasRestore {
  const { scaler, spec, recentNeed, isGivenUp, peak, policy, now } = input;
  const { baseline } = spec;
  const [newestWriter] = scaler.otherWriters;
  const live = scaler.currentReplicas;
  if (newestWriter !== fieldManager || live <= baseline.minReplicas) return {};
  const needed = isGivenUp ? 0 : recentNeed;
  if (needed === undefined) {
    return { replicas: live, floor: live, waitsFor: `its ${live} replicas stay until demand is known again` };
  }
  const wanted = Math.min(live, Math.max(baseline.minReplicas, needed));
  const replicas = rampDown({ live, wanted, peak, policy, writtenAt: scaler.writtenAt, now });
  if (replicas === baseline.minReplicas) return { replicas };
  return {
    replicas,
    floor: replicas,
    waitsFor: isGivenUp
      ? `its replicas go to the baseline of ${baseline.minReplicas} at the policy's rampDown`
      : `its demand needs ${needed} replicas, the baseline is ${baseline.minReplicas}`,
  };
}
