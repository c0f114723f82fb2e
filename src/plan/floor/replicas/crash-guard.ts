import { isMissing } from '../../../api/missing.ts';
import { capacityInUse } from '../../../learn/capacity/capacity-in-use.ts';
import type { UnreadyPod } from '../../../observe/capacity/capacity-observation.ts';
import type { Observation, TargetObservation } from '../../../observe/observation.ts';
import type { TargetStanding } from '../../accept/target-standing.ts';
import type { FailingPods } from './failing-pods.ts';
import { warmReplicas } from './warm-replicas.ts';

const fewestPods = 3;
/** Share of the added pods, above which failing ones stop a raise: a fifth. */
const [failingParts, addedParts] = [5, 1];
/** Lead times after which a pod that was never ready will not be. */
const patientLeads = 3;

/**
 * Finds a target whose new pods fail, so that its floor is not raised further.
 *
 *   never ready, and failing            demand              →  guard
 *   fewer than 3 pods                   any                    none
 *   at most a fifth of those added      any                    none
 *   more                                above ready capacity   none: every pod that comes up helps
 *   more                                not known              none
 *   more                                served                 the floor stays
 *
 * A pod fails while its image cannot be pulled or its containers crash, or once it is older than three lead times. The
 * pods' own conditions decide alone: the guard ends when they recover or go.
 */
export function crashGuard(
  { observed, scaler }: Pick<TargetStanding, 'observed' | 'scaler'>,
  { now, limits }: Pick<Observation, 'now' | 'limits'>,
): FailingPods | undefined {
  const { pods, target, leadTime } = observed;
  if (pods === undefined || scaler === undefined) return undefined;
  const { minReplicas } = target.spec.baseline;
  const added = Math.max(0, pods.readySince.length + pods.unready.length - minReplicas);
  const oldBefore = now - patientLeads * leadTime.seconds * 1000;
  const failed = pods.unready.filter(pod => !pod.wasReady && (isBackingOff(pod) || pod.createdAt < oldBefore));
  const failing = Math.min(added, failed.length);
  if (failing < fewestPods || failing * failingParts <= added * addedParts) return undefined;
  if (!isServed(observed, { now, limits })) return undefined;
  const held = Math.max(minReplicas, scaler.minReplicas, scaler.floor ?? 0);
  return { held, failing, added, why: describeReasons(failed) };
}

/** Whether a pod waits longer from try to try: its image cannot be pulled, or its containers crash. */
export function isBackingOff({ reason = '' }: Pick<UnreadyPod, 'reason'>): boolean {
  return backOffs.includes(reason);
}

/** Reasons of the kubelet for which a pod does not start however often it is tried. */
const backOffs: readonly string[] = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
];

/** Counts pods by what they wait for: `5 CrashLoopBackOff, 2 not ready`. */
export function describeReasons(pods: readonly Pick<UnreadyPod, 'reason'>[]): string {
  const byReason = Map.groupBy(pods, ({ reason }) => reason ?? 'not ready');
  return [...byReason]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([reason, same]) => `${same.length} ${reason}`)
    .join(', ');
}

/** Whether ready replicas serve the newest demand; false where it is not known. */
function isServed(observed: TargetObservation, { now, limits }: Pick<Observation, 'now' | 'limits'>): boolean {
  const { demand, target } = observed;
  if (isMissing(demand) || demand.ageSeconds > limits.staleAfterSeconds) return false;
  const newest = demand.recent.values.findLast(value => value !== null && Number.isFinite(value));
  const { perReplica } = capacityInUse(target, now);
  if (newest === undefined || newest === null || perReplica === undefined) return false;
  return newest <= warmReplicas(observed, now) * perReplica;
}
