import { createRandom } from './random.ts';
import type { Range } from './service.ts';

/** Seconds from a pod's creation until it is running and until it is ready. */
export interface PodStart {
  readonly runningSeconds: number;
  readonly readySeconds: number;
}

/** Share of a pod's start that scheduling and the image pull take; in the rest the program warms up. */
const pendingShare = 0.35;

/** Draws how long a pod takes to start, within the service's range; the same in every run with this seed and name. */
export function drawPodStart(seed: number, name: string, range: Range): PodStart {
  const random = createRandom(seed, name);
  // Square the random number: most starts are in the faster half of the range, few near its end.
  const readySeconds = range.least + (range.most - range.least) * random.next() ** 2;
  return { runningSeconds: readySeconds * pendingShare, readySeconds };
}

/** The facts that decide which pods are deleted when a workload scales down. */
export interface PodStanding {
  readonly name: string;
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly ready: boolean;
  /** Epoch ms. */
  readonly readySince?: number;
  readonly createdAt: number;
}

/**
 * Chooses the `count` pods that a ReplicaSet deletes: those that are not ready first, then the youngest.
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
