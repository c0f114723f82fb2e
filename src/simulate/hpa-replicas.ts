import type { MetricReading, MetricSpec, PodReading, PodUsage } from './hpa-spec.ts';

export interface ReplicaInput {
  readonly now: number;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly readyPods: number;
  /** Shares around a usage ratio of 1 within which the replicas stay unchanged. */
  readonly tolerance: { readonly up: number; readonly down: number };
}

/** The replicas that one metric asks for, or the reason why it cannot be used. */
export type Proposal = { readonly replicas: number } | { readonly missing: string };

/** For this long after its start, a pod's CPU counts only once the pod has been ready for a whole metric window. */
const cpuInitializationMs = 300_000;
/** A pod that became unready within this time after its start counts as never ready. */
const initialReadinessMs = 30_000;

/**
 * Computes the replicas that one metric asks for, as the HPA controller does.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/replica_calculator.go
 */
export function proposeReplicas(metric: MetricSpec, reading: MetricReading, input: ReplicaInput): Proposal {
  if ('missing' in reading) return reading;
  if (metric.type === 'Resource') {
    if (reading.type !== 'Pods') return { missing: `${metric.name} is a metric per pod, got a single value` };
    return proposeByPods(metric, reading.pods, input);
  }
  if (metric.type !== 'External') return { missing: `metrics of type ${metric.type} are not simulated` };
  if (reading.type !== 'Value') return { missing: `${metric.name} is an external metric, got values per pod` };
  return { replicas: proposeByValue(metric, reading.value, input) };
}

function proposeByValue(
  metric: Extract<MetricSpec, { type: 'External' }>,
  value: number,
  { specReplicas, statusReplicas, readyPods, tolerance }: ReplicaInput,
): number {
  if ('averageValue' in metric) {
    const ratio = value / (metric.averageValue * statusReplicas);
    return isWithin(ratio, tolerance) ? statusReplicas : Math.ceil(value / metric.averageValue);
  }
  const ratio = value / metric.value;
  if (specReplicas === 0) return Math.ceil(ratio);
  return isWithin(ratio, tolerance) ? specReplicas : Math.ceil(ratio * readyPods);
}

function proposeByPods(
  metric: Extract<MetricSpec, { type: 'Resource' }>,
  pods: readonly PodReading[],
  { now, specReplicas, tolerance }: ReplicaInput,
): Proposal {
  if (pods.length === 0) return { missing: 'no pods returned by selector while calculating replica count' };
  const groups = groupPods(pods, metric.name === 'cpu', now);
  const measured = groups.ready.map(pod => ({ request: pod.request, usage: pod.usage?.value ?? 0 }));
  if (measured.length === 0) {
    return { missing: 'did not receive metrics for targeted pods (pods might be unready)' };
  }
  const ratio = usageRatio(metric, measured);
  const raise = groups.unready.length > 0 && ratio > 1;
  if (!raise && groups.missing.length === 0) {
    return { replicas: isWithin(ratio, tolerance) ? specReplicas : Math.ceil(ratio * measured.length) };
  }
  // Take unmeasured pods for idle when scaling up and for busy when scaling down, which is the cautious assumption in
  // both cases.
  const assumed = [
    ...measured,
    ...groups.missing.map(pod => ({ request: pod.request, usage: ratio < 1 ? busyUsage(metric, pod) : 0 })),
    ...(raise ? groups.unready.map(pod => ({ request: pod.request, usage: 0 })) : []),
  ];
  const cautious = usageRatio(metric, assumed);
  if (isWithin(cautious, tolerance) || cautious < 1 !== ratio < 1) return { replicas: specReplicas };
  const replicas = Math.ceil(cautious * assumed.length);
  const turned = cautious < 1 ? replicas > specReplicas : replicas < specReplicas;
  return { replicas: turned ? specReplicas : replicas };
}

function usageRatio(
  metric: Extract<MetricSpec, { type: 'Resource' }>,
  pods: readonly { readonly request: number; readonly usage: number }[],
): number {
  const usage = pods.reduce((sum, pod) => sum + pod.usage, 0);
  if ('averageValue' in metric) return usage / pods.length / metric.averageValue;
  const request = pods.reduce((sum, pod) => sum + pod.request, 0);
  return Math.trunc((usage * 100) / request) / metric.averageUtilization;
}

function busyUsage(metric: Extract<MetricSpec, { type: 'Resource' }>, pod: PodReading): number {
  if ('averageValue' in metric) return metric.averageValue;
  return (pod.request * Math.max(100, metric.averageUtilization)) / 100;
}

interface PodGroups {
  readonly ready: readonly PodReading[];
  readonly unready: readonly PodReading[];
  readonly missing: readonly PodReading[];
}

/**
 *   deleting or Failed      → not counted
 *   Pending                 → unready
 *   no metrics              → missing
 *   cpu, not yet settled    → unready
 *   else                    → ready
 */
function groupPods(pods: readonly PodReading[], isCpu: boolean, now: number): PodGroups {
  const counted = pods.filter(pod => !pod.deleting && pod.phase !== 'Failed');
  const group = (pod: PodReading) => {
    if (pod.phase === 'Pending') return 'unready';
    if (pod.usage === undefined) return 'missing';
    return isCpu && !isSettled(pod, pod.usage, now) ? 'unready' : 'ready';
  };
  const of = (name: string) => counted.filter(pod => group(pod) === name);
  return { ready: of('ready'), unready: of('unready'), missing: of('missing') };
}

function isSettled(pod: PodReading, usage: PodUsage, now: number): boolean {
  if (pod.ready === undefined || pod.startedAt === undefined) return false;
  if (pod.startedAt + cpuInitializationMs > now) {
    return pod.ready.status && usage.at >= pod.ready.since + usage.windowMs;
  }
  return pod.ready.status || pod.startedAt + initialReadinessMs <= pod.ready.since;
}

function isWithin(ratio: number, tolerance: ReplicaInput['tolerance']): boolean {
  return ratio >= 1 - tolerance.down && ratio <= 1 + tolerance.up;
}
