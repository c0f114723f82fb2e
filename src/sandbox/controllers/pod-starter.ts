import { formatTime } from '../../apiserver/objects/stored-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { type Pod, pods, workloadOf } from './workload-objects.ts';

/** How long the pod of this name takes until it runs, and until it is ready, in seconds. */
export type PodStart = (
  workload: string,
  pod: string,
) => { readonly runningSeconds: number; readonly readySeconds: number };

/** The nodes: every new pod is pending while its image comes, then running, then ready. */
export function startPodStarter(context: ControllerContext, podStart: PodStart): void {
  const collection = context.store.collection<Pod>(pods);
  const unsubscribe = collection.subscribe(({ type, object }) => {
    if (type !== 'ADDED') return;
    const start = podStart(workloadOf(object) ?? object.metadata.name, object.metadata.name);
    startPod(context, object, start).catch(() => undefined);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** Ends early, without a word, when the pod is deleted meanwhile or the cluster stops. */
async function startPod(
  { store, clock, signal }: ControllerContext,
  { metadata: { namespace = '', name, uid } }: Pod,
  start: ReturnType<PodStart>,
): Promise<void> {
  const collection = store.collection<Pod>(pods);
  const isThere = () => collection.get(namespace, name)?.metadata.uid === uid;
  const say = (phase: 'Pending' | 'Running', ready: 'True' | 'False', startTime: string) => {
    const lastTransitionTime = formatTime(clock.now());
    if (isThere()) {
      collection.patchStatus(namespace, name, {
        phase,
        startTime,
        conditions: [{ type: 'Ready', status: ready, lastTransitionTime }],
      });
    }
  };
  const startTime = formatTime(clock.now());
  say('Pending', 'False', startTime);
  await clock.sleep(start.runningSeconds * 1000, signal);
  say('Running', 'False', startTime);
  await clock.sleep((start.readySeconds - start.runningSeconds) * 1000, signal);
  say('Running', 'True', startTime);
}
