import type { Clock } from '../../api/clock.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';
import { controllerManagerPace, takeWrite, type WriteBudget } from '../../simulate/client-rate-limit.ts';
import { startAutoscalerController } from './autoscaler-controller.ts';
import type { ControllerContext } from './controller-context.ts';
import { startDeploymentController } from './deployment-controller.ts';
import type { MetricsApi } from './metrics-api.ts';
import { type PodStartTimes, startPodStarter } from './pod-starter.ts';

export interface ControllerManagerOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** The metrics that the HPA controller reads. */
  readonly metrics: MetricsApi;
  /** Returns how long a pod takes to start, by its name. */
  readonly podStart: PodStartTimes;
}

/**
 * Starts the cluster's controllers over the store, in domain time: HPAs every 15 s, Deployments with their ReplicaSets,
 * pods that take time to start. They share one client of 20 requests per second, as in kube-controller-manager.
 *
 * @returns a function that stops them
 */
export function startControllerManager(options: ControllerManagerOptions): () => void {
  const abort = new AbortController();
  const { store, clock } = options;
  const context: ControllerContext = {
    store,
    clock,
    takeWrite: sharedWrites(clock, abort.signal),
    signal: abort.signal,
  };
  startPodStarter(context, options.podStart);
  startDeploymentController(context);
  startAutoscalerController(context, options.metrics);
  return () => abort.abort();
}

function sharedWrites(clock: Clock, signal: AbortSignal): () => Promise<void> {
  let budget: WriteBudget = { tokens: controllerManagerPace.burst, at: clock.now() };
  return async () => {
    const turn = takeWrite(budget, controllerManagerPace, clock.now());
    budget = turn.budget;
    if (turn.sentAt > clock.now()) await clock.sleep(turn.sentAt - clock.now(), signal);
  };
}
