import type { AutoscalerObject } from '../controllers/workload-objects.ts';
import { autoscalerResource } from '../controllers/workload-objects.ts';
import {
  type ClusterHandle,
  judgeRun,
  namespace,
  type RunMoment,
  type SandboxRun,
  spanOf,
  startCluster,
  withCeilings,
} from './sandbox-run.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

const minuteMs = 60_000;
/** How long before the sale a schedule begins; people take a quarter of an hour. */
const aheadMs = 15 * minuteMs;

/**
 * Runs the sale as many shops do today: HPAs, and a schedule like KEDA's cron trigger that asks for a fixed number of
 * replicas from a quarter of an hour before the sale to its end. That number is the replicas of an ordinary evening,
 * those that the HPA holds when the schedule begins, times the stated multiple, for every service alike.
 */
export async function runSchedule(
  setup: SandboxScenario,
  onMinute: (moment: RunMoment) => void = () => {},
  span = spanOf(setup),
): Promise<SandboxRun> {
  const { start, end, peakRatio } = setup.scenario.sale.announced;
  const handle = startCluster(withCeilings(setup), span);
  const { clock, cluster } = handle;
  for (let t = span.begin; t <= span.until; t += minuteMs) {
    await clock.advanceTo(t);
    if (t === start - aheadMs || (t === span.begin && t > start - aheadMs)) ask(handle, peakRatio);
    if (t === end) release(handle, setup);
    onMinute({ now: t, cluster });
  }
  cluster.stop();
  return judgeRun(setup, handle);
}

function ask({ store }: ClusterHandle, times: number): void {
  const autoscalers = store.collection<AutoscalerObject>(autoscalerResource);
  for (const live of autoscalers.list(namespace)) {
    const ordinary = live.status?.currentReplicas ?? live.spec.minReplicas ?? 1;
    const minReplicas = Math.min(live.spec.maxReplicas, Math.ceil(ordinary * times));
    autoscalers.update({ ...live, spec: { ...live.spec, minReplicas } });
  }
}

function release({ store }: ClusterHandle, { targets }: SandboxScenario): void {
  const autoscalers = store.collection<AutoscalerObject>(autoscalerResource);
  for (const { metadata, spec } of targets) {
    const live = autoscalers.get(namespace, metadata.name);
    if (live !== undefined)
      autoscalers.update({ ...live, spec: { ...live.spec, minReplicas: spec.baseline.minReplicas } });
  }
}
