import { createRandom } from './random.ts';
import type { Range } from './service.ts';

/** When a pod made at 0 is running and when it is ready, in seconds. */
export interface PodStart {
  readonly runningSeconds: number;
  readonly readySeconds: number;
}

/** Image pull and scheduling take this part of a start; the rest is the program warming up. */
const pendingShare = 0.35;

/** How long this pod takes: its own luck within the service's range, the same in every run with this seed and name. */
export function drawPodStart(seed: number, name: string, range: Range): PodStart {
  const random = createRandom(seed, name);
  // The faster half of the range is the rule, its far end the exception.
  const readySeconds = range.least + (range.most - range.least) * random.next() ** 2;
  return { runningSeconds: readySeconds * pendingShare, readySeconds };
}

/** What decides which pod goes first when replicas shrink. */
export interface PodStanding {
  readonly name: string;
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly ready: boolean;
  /** Epoch ms. */
  readonly readySince?: number;
  readonly createdAt: number;
}

/**
 * The `count` pods a ReplicaSet gives up: those that serve nobody yet, then the youngest.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset
 */
export function choosePodsToDelete(pods: readonly PodStanding[], count: number): readonly string[] {
  return [...pods]
    .sort(
      (a, b) =>
        Number(a.phase === 'Running') - Number(b.phase === 'Running') ||
        Number(a.ready) - Number(b.ready) ||
        (b.readySince ?? 0) - (a.readySince ?? 0) ||
        b.createdAt - a.createdAt ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, count)
    .map(pod => pod.name);
}
