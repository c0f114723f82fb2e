import { mergeConditions, type UndatedCondition } from '../../api/condition.ts';
import type { Stored } from '../../apiserver/objects/kube-object.ts';
import { formatTime } from '../../apiserver/objects/stored-object.ts';
import { type AutoscalerSync, syncAutoscaler } from '../../simulate/hpa.ts';
import { type AutoscalerMemory, emptyMemory } from '../../simulate/hpa-behavior.ts';
import type { MetricReading, MetricSpec, PodReading } from '../../simulate/hpa-spec.ts';
import { parseAutoscalerSpec } from './autoscaler-spec.ts';
import type { ControllerContext } from './controller-context.ts';
import type { MetricsApi } from './metrics-api.ts';
import {
  type AutoscalerObject,
  autoscalerResource,
  deploymentResource,
  isReady,
  type Pod,
  pods,
  podsOf,
  readyCondition,
  requestOf,
  type WorkloadObject,
} from './workload-objects.ts';

const syncMs = 15_000;

interface AutoscalerContext extends ControllerContext {
  readonly metrics: MetricsApi;
  readonly memories: Map<string, AutoscalerMemory>;
}

/**
 * Starts the HPA controller: syncs every HPA of the cluster every 15 s, one after the other, at the rate of the shared
 * client.
 */
export function startAutoscalerController(shared: ControllerContext, metrics: MetricsApi): void {
  const context = { ...shared, metrics, memories: new Map<string, AutoscalerMemory>() };
  const run = async () => {
    for (;;) {
      const began = context.clock.now();
      for (const autoscaler of context.store.collection<AutoscalerObject>(autoscalerResource).list()) {
        // The real controller makes two requests per sync: it reads the scale and writes the status.
        await context.takeWrite();
        await context.takeWrite();
        syncOne(context, autoscaler.metadata.namespace ?? '', autoscaler.metadata.name);
      }
      await context.clock.sleep(Math.max(0, began + syncMs - context.clock.now()), context.signal);
    }
  };
  run().catch((error: unknown) => {
    if (!context.signal.aborted) throw error;
  });
}

function syncOne(context: AutoscalerContext, namespace: string, name: string): void {
  const { store, clock, memories } = context;
  const autoscaler = store.collection<AutoscalerObject>(autoscalerResource).get(namespace, name);
  if (autoscaler === undefined) return;
  const target = store
    .collection<WorkloadObject>(deploymentResource)
    .get(namespace, autoscaler.spec.scaleTargetRef.name);
  if (target === undefined) {
    writeStatus(context, autoscaler, { conditions: [cannotGetScale(autoscaler)] });
    return;
  }
  const now = clock.now();
  const sync = readSync(context, autoscaler, target);
  const decision = syncAutoscaler(sync);
  memories.set(autoscaler.metadata.uid, decision.memory);
  const rescaled = decision.desiredReplicas !== sync.specReplicas;
  if (rescaled) {
    const spec = { ...target.spec, replicas: decision.desiredReplicas };
    store.collection<WorkloadObject>(deploymentResource).update({ ...target, spec });
  }
  writeStatus(context, autoscaler, {
    conditions: decision.conditions,
    currentReplicas: sync.statusReplicas,
    desiredReplicas: decision.desiredReplicas,
    ...(rescaled ? { lastScaleTime: formatTime(now) } : {}),
  });
}

function readSync(
  context: AutoscalerContext,
  autoscaler: Stored<AutoscalerObject>,
  target: Stored<WorkloadObject>,
): AutoscalerSync {
  const namespace = autoscaler.metadata.namespace ?? '';
  const present = podsOf(context.store.collection<Pod>(pods).list(namespace), target);
  const spec = parseAutoscalerSpec(autoscaler.spec);
  const rivals = context.store
    .collection<AutoscalerObject>(autoscalerResource)
    .list(namespace)
    .filter(other => other.spec.scaleTargetRef.name === target.metadata.name);
  return {
    now: context.clock.now(),
    spec,
    specReplicas: target.spec.replicas ?? 1,
    statusReplicas: target.status?.replicas ?? 0,
    readyPods: present.filter(isReady).length,
    readings: spec.metrics.map(metric => readMetric(context, metric, present)),
    rivals: rivals.length > 1 ? rivals.map(rival => `${namespace}/${rival.metadata.name}`) : [],
    memory: context.memories.get(autoscaler.metadata.uid) ?? emptyMemory,
  };
}

function readMetric(
  { metrics }: AutoscalerContext,
  metric: MetricSpec,
  present: readonly Stored<Pod>[],
): MetricReading {
  if (metric.type === 'External') {
    const value = metrics.external(present[0]?.metadata.namespace ?? '', metric.name);
    return value === undefined ? { missing: `no matching metrics found for ${metric.name}` } : { type: 'Value', value };
  }
  if (metric.type === 'Resource') return { type: 'Pods', pods: present.map(pod => readPod(metrics, metric.name, pod)) };
  return { missing: `metrics of type ${metric.type} are not simulated` };
}

function readPod(metrics: MetricsApi, resource: string, pod: Stored<Pod>): PodReading {
  const { namespace = '', name, deletionTimestamp } = pod.metadata;
  const condition = readyCondition(pod);
  const usage = metrics.podUsage(namespace, name, resource);
  const startTime = pod.status?.startTime;
  return {
    name,
    phase: pod.status?.phase ?? 'Pending',
    deleting: deletionTimestamp !== undefined,
    request: requestOf(pod, resource),
    ...(startTime === undefined ? {} : { startedAt: Date.parse(startTime) }),
    ...(condition === undefined
      ? {}
      : { ready: { status: condition.status === 'True', since: Date.parse(condition.lastTransitionTime) } }),
    ...(usage === undefined ? {} : { usage }),
  };
}

interface StatusWords {
  readonly conditions: readonly UndatedCondition[];
  readonly currentReplicas?: number;
  readonly desiredReplicas?: number;
  readonly lastScaleTime?: string;
}

function writeStatus(
  { store, clock }: AutoscalerContext,
  { metadata, status }: Stored<AutoscalerObject>,
  words: StatusWords,
): void {
  const { conditions, ...counts } = words;
  store.collection<AutoscalerObject>(autoscalerResource).patchStatus(metadata.namespace ?? '', metadata.name, {
    ...counts,
    observedGeneration: metadata.generation ?? 1,
    conditions: mergeConditions(status?.conditions ?? [], conditions, clock.now()),
  });
}

function cannotGetScale({ spec }: Stored<AutoscalerObject>): UndatedCondition {
  return {
    type: 'AbleToScale',
    status: 'False',
    reason: 'FailedGetScale',
    message: `the HPA controller was unable to get the target's current scale: ${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name} not found`,
  };
}
