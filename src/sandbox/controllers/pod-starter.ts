import { formatTime } from '../../apiserver/objects/stored-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { type Pod, pods, workloadOf } from './workload-objects.ts';

/** Returns how long a pod takes until it runs and until it is ready, in seconds, by its name. */
export type PodStartTimes = (
  workload: string,
  pod: string,
) => { readonly runningSeconds: number; readonly readySeconds: number };

/** Plays the nodes: each new pod is pending while its image is pulled, then running, then ready. */
export function startPodStarter(context: ControllerContext, podStart: PodStartTimes): void {
  const collection = context.store.collection<Pod>(pods);
  const unsubscribe = collection.subscribe(({ type, object }) => {
    if (type !== 'ADDED') return;
    const start = podStart(workloadOf(object) ?? object.metadata.name, object.metadata.name);
    startPod(context, object, start).catch(() => undefined);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** Starts one pod; stops early when the pod is deleted or the cluster stops. */
async function startPod(
  { store, clock, signal }: ControllerContext,
  { metadata: { namespace = '', name, uid } }: Pod,
  start: ReturnType<PodStartTimes>,
): Promise<void> {
  const collection = store.collection<Pod>(pods);
  const exists = () => collection.get(namespace, name)?.metadata.uid === uid;
  const setStatus = (phase: 'Pending' | 'Running', ready: 'True' | 'False', startTime: string) => {
    const lastTransitionTime = formatTime(clock.now());
    if (exists()) {
      collection.patchStatus(namespace, name, {
        phase,
        startTime,
        conditions: [{ type: 'Ready', status: ready, lastTransitionTime }],
      });
    }
  };
  const startTime = formatTime(clock.now());
  setStatus('Pending', 'False', startTime);
  await clock.sleep(start.runningSeconds * 1000, signal);
  setStatus('Running', 'False', startTime);
  await clock.sleep((start.readySeconds - start.runningSeconds) * 1000, signal);
  setStatus('Running', 'True', startTime);
}
