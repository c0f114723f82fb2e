import type { Clock } from '../../api/clock.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';
import { controllerManagerPace, takeWrite, type WriteBudget } from '../../simulate/write-pace.ts';
import { startAutoscalerController } from './autoscaler-controller.ts';
import { startDeploymentController } from './deployment-controller.ts';
import type { MetricsApi } from './metrics-api.ts';
import { startPodStarter } from './pod-starter.ts';

export interface ControllerManagerOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** The metrics that the HPA controller reads. */
  readonly metrics: MetricsApi;
  /** Returns how long a pod takes to start, by its name. */
  readonly podStart: (
    workload: string,
    pod: string,
  ) => { readonly runningSeconds: number; readonly readySeconds: number };
}

/** What every controller needs: the store, domain time, and one shared write budget. */
export interface ControllerContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Resolves when one more write may be sent. */
  readonly takeWrite: () => Promise<void>;
  readonly signal: AbortSignal;
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
