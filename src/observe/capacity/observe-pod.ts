import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { shortenToLength } from '../../api/shorten-text.ts';
import type { Wire } from '../../kube/resources/wire.ts';
import type { UnreadyPod } from './capacity-observation.ts';

/** What the rules read of a pod; the rest is not kept. */
export interface PodRecord {
  readonly labels: Readonly<Record<string, string>>;
  /** Epoch ms, the API server's clock; absent while it is not ready. */
  readonly readySince?: number;
  /** The pod as one that is not ready; absent while it is. */
  readonly unready?: UnreadyPod;
  /** The number that its PriorityClass gives; absent where none was given. */
  readonly priority?: number;
}

/** Longest message of the scheduler that is kept, in characters. */
const longestMessage = 200;
/** Milliseconds after its start within which the first status of a pod is written. */
const firstStatusMs = 10_000;
/** Restarts from which a pod that is not ready is in a crash loop, whatever it does at the moment. */
const manyRestarts = 2;

/**
 * Observes a pod for the cache. One that is being deleted, or whose containers have ended for good, serves nothing and
 * never will: nothing of it is kept.
 *
 *   conditions and containers                                    →  observed as
 *   Ready=True                                                      ready since its last transition
 *   PodScheduled=False, reason Unschedulable                        Unschedulable, with the scheduler's message
 *   a container waits for anything but its creation                 that reason, such as ImagePullBackOff
 *   a container has restarted twice                                 CrashLoopBackOff
 *   else                                                            not ready yet
 *
 * A pod was never ready while Ready has not changed since its first status.
 */
export function observePod({ metadata, spec, status }: Wire<V1Pod>): PodRecord {
  const { name = '', labels = {}, creationTimestamp = '', deletionTimestamp } = metadata ?? {};
  const isOver = deletionTimestamp !== undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if (isOver) return { labels: {} };
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const changedAt = Date.parse(ready?.lastTransitionTime ?? '');
  const known = { labels, ...(spec?.priority === undefined ? {} : { priority: spec.priority }) };
  if (ready?.status === 'True') return { ...known, readySince: Number.isNaN(changedAt) ? 0 : changedAt };
  const startedAt = Date.parse(status?.startTime ?? '');
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  const isUnschedulable = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  const reason = isUnschedulable ? 'Unschedulable' : troubleOf(status ?? {});
  const message = isUnschedulable ? shortenToLength(scheduled.message ?? '', longestMessage) : '';
  return {
    ...known,
    unready: {
      name,
      createdAt: Date.parse(creationTimestamp),
      wasReady: changedAt - startedAt > firstStatusMs,
      ...(reason === undefined ? {} : { reason }),
      ...(message === '' ? {} : { message }),
    },
  };
}

/** Reasons of a container that waits for its turn. */
const ordinary: readonly string[] = ['ContainerCreating', 'PodInitializing'];

function troubleOf(status: NonNullable<Wire<V1Pod>['status']>): string | undefined {
  const containers: readonly Wire<V1ContainerStatus>[] = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ];
  const waiting = containers.flatMap(({ state }) => state?.waiting?.reason ?? []);
  const trouble = waiting.find(reason => !ordinary.includes(reason));
  const restarts = containers.some(({ ready, restartCount }) => !ready && restartCount >= manyRestarts);
  return trouble ?? (restarts ? 'CrashLoopBackOff' : undefined);
}
