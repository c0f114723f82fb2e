import { fieldManager } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import { settledCount } from '../demand/raising-actuals.ts';
import { rampDown } from '../floor/ramp-down.ts';
import { replicasFor, sizingOf } from '../floor/replicas-for.ts';

/** One step of a workload without an HPA back to its baseline. */
export interface ReplicasRestore {
  /** `spec.replicas` to write; absent = leave it. */
  readonly replicas?: number;
  /** The annotation that stays; absent once restored. */
  readonly floor?: number;
  readonly waitsFor?: string;
}

/**
 * How the replicas that we raised go back where no HPA looks after the load: down to the baseline, but not below what
 * the newest demand needs, and only what we wrote ourselves.
 *
 *   newest writer    demand                →  replicas
 *   somebody else    any                      left alone, and no longer ours
 *   headstart        stale, sale over         held: no decrease on doubt
 *   headstart        needs 12, baseline 4     12, and again at the next look
 *   headstart        needs 3, baseline 4      4: restored
 *   headstart        any, target given up     4: restored, whoever gave it up wants it so
 */
export function restoreReplicas(input: {
  readonly scaler: Scaler;
  readonly target: TargetObservation;
  /** Whether the target is being deleted or was taken out of mode Apply. */
  readonly isGivenUp: boolean;
  /** The highest floor of the sale, in replicas. */
  readonly peak: number;
  readonly policy: ScalingPolicySpec;
  readonly limits: Limits;
  /** Epoch ms. */
  readonly now: number;
}): ReplicasRestore {
  const { scaler, target, isGivenUp, peak, policy, limits, now } = input;
  const { baseline } = target.target.spec;
  const [newestWriter] = scaler.otherWriters;
  const live = scaler.currentReplicas;
  if (newestWriter !== fieldManager || live <= baseline.minReplicas) return {};
  const needed = isGivenUp ? 0 : neededReplicas(target, limits);
  if (needed === undefined) {
    return { replicas: live, floor: live, waitsFor: `its ${live} replicas stay until demand is known again` };
  }
  const wanted = Math.min(live, Math.max(baseline.minReplicas, needed));
  const replicas = rampDown({ live, wanted, peak, policy, writtenAt: scaler.writtenAt, now });
  if (replicas === baseline.minReplicas) return { replicas };
  return {
    replicas,
    floor: replicas,
    waitsFor: `its demand needs ${needed} replicas, the baseline is ${baseline.minReplicas}`,
  };
}

/** Replicas for the highest of the newest ten minutes that have settled and of all since; undefined when demand is missing or stale. */
function neededReplicas({ target, demand }: TargetObservation, limits: Limits): number | undefined {
  if (isMissing(demand) || demand.ageSeconds > limits.staleAfterSeconds) return undefined;
  const first = settledCount(demand) - Math.ceil(600 / demand.recent.stepSeconds);
  const newest = demand.recent.values.slice(Math.max(0, first)).filter(value => value !== null);
  return newest.length === 0 ? undefined : replicasFor(Math.max(...newest), sizingOf(target.spec));
}
