import type { AutoscalerSpec, ScalingPolicyRule } from './hpa-spec.ts';

/** What the controller remembers of one HPA between syncs. */
export interface AutoscalerMemory {
  /** What metrics asked for, before any limit, oldest first. */
  readonly recommendations: readonly { readonly at: number; readonly replicas: number }[];
  /** Each change it made, oldest first; positive up, negative down. */
  readonly changes: readonly { readonly at: number; readonly by: number }[];
}

export const emptyMemory: AutoscalerMemory = { recommendations: [], changes: [] };

export interface PaceQuestion {
  readonly now: number;
  readonly currentReplicas: number;
  /** By the metrics, before any limit. */
  readonly desiredReplicas: number;
  readonly spec: AutoscalerSpec;
  readonly memory: AutoscalerMemory;
}

export interface PaceAnswer {
  readonly replicas: number;
  /** What the condition ScalingLimited says; none: the metrics' wish was granted. */
  readonly limitedBy?: 'TooFewReplicas' | 'TooManyReplicas' | 'ScaleUpLimit' | 'ScaleDownLimit' | 'Stabilized';
}

const downWindowSeconds = 300;
const defaultUp: readonly ScalingPolicyRule[] = [
  { type: 'Pods', value: 4, periodSeconds: 15 },
  { type: 'Percent', value: 100, periodSeconds: 15 },
];
/** The API allows no longer window or period. */
const longestWindowMs = 3_600_000;
const defaultDown: readonly ScalingPolicyRule[] = [{ type: 'Percent', value: 100, periodSeconds: 15 }];

/**
 * How far towards the metrics' wish this sync may go: stabilization window, pace, bounds. Without `behavior` the
 * controller uses an older rule of its own: at most double or 4 up, the highest wish of 300 s down.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/horizontal.go
 */
export function paceReplicas(question: PaceQuestion): PaceAnswer {
  const wish = stabilize(question);
  const limited = question.spec.behavior === undefined ? limitPlainly(wish, question) : limitByRules(wish, question);
  return (
    limited ?? (wish === question.desiredReplicas ? { replicas: wish } : { replicas: wish, limitedBy: 'Stabilized' })
  );
}

/** The memory after a sync that saw `desiredReplicas`; what no window can reach any more is forgotten. */
export function rememberRecommendation(memory: AutoscalerMemory, now: number, replicas: number): AutoscalerMemory {
  const kept = memory.recommendations.filter(one => one.at > now - longestWindowMs);
  return { ...memory, recommendations: [...kept, { at: now, replicas }] };
}

/** The memory after the replicas were changed. */
export function rememberChange(memory: AutoscalerMemory, now: number, by: number): AutoscalerMemory {
  const kept = memory.changes.filter(one => one.at > now - longestWindowMs);
  return { ...memory, changes: [...kept, { at: now, by }] };
}

function stabilize({ now, currentReplicas, desiredReplicas, spec, memory }: PaceQuestion): number {
  const within = (seconds: number) =>
    memory.recommendations.filter(one => one.at > now - seconds * 1000).map(one => one.replicas);
  const down = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? downWindowSeconds;
  const highest = Math.max(desiredReplicas, ...within(down));
  if (spec.behavior === undefined) return highest;
  const lowest = Math.min(desiredReplicas, ...within(spec.behavior.scaleUp?.stabilizationWindowSeconds ?? 0));
  return Math.min(Math.max(currentReplicas, lowest), highest);
}

function limitPlainly(wish: number, { spec, currentReplicas }: PaceQuestion): PaceAnswer | undefined {
  if (wish < spec.minReplicas) return { replicas: spec.minReplicas, limitedBy: 'TooFewReplicas' };
  return limitAbove(wish, spec.maxReplicas, Math.max(2 * currentReplicas, 4));
}

function limitByRules(wish: number, question: PaceQuestion): PaceAnswer | undefined {
  const { spec, currentReplicas } = question;
  if (wish > currentReplicas) {
    return limitAbove(wish, spec.maxReplicas, Math.max(currentReplicas, upLimit(question)));
  }
  const limit = Math.min(currentReplicas, downLimit(question));
  if (wish >= Math.max(limit, spec.minReplicas)) return undefined;
  return limit > spec.minReplicas
    ? { replicas: limit, limitedBy: 'ScaleDownLimit' }
    : { replicas: spec.minReplicas, limitedBy: 'TooFewReplicas' };
}

function limitAbove(wish: number, maxReplicas: number, scaleUpLimit: number): PaceAnswer | undefined {
  const most = Math.min(maxReplicas, scaleUpLimit);
  if (wish <= most) return undefined;
  return { replicas: most, limitedBy: scaleUpLimit < maxReplicas ? 'ScaleUpLimit' : 'TooManyReplicas' };
}

function upLimit({ now, currentReplicas, spec, memory }: PaceQuestion): number {
  const { selectPolicy, policies = defaultUp } = spec.behavior?.scaleUp ?? {};
  if (selectPolicy === 'Disabled') return currentReplicas;
  const limits = policies.map(policy => {
    const before = currentReplicas - changedWithin(memory, now, policy.periodSeconds);
    return policy.type === 'Pods' ? before + policy.value : Math.ceil(before * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

/** `Max` means the policy that allows the largest change: the smallest number. */
function downLimit({ now, currentReplicas, spec, memory }: PaceQuestion): number {
  const { selectPolicy, policies = defaultDown } = spec.behavior?.scaleDown ?? {};
  if (selectPolicy === 'Disabled') return currentReplicas;
  const limits = policies.map(policy => {
    const before = currentReplicas - changedWithin(memory, now, policy.periodSeconds);
    return policy.type === 'Pods' ? before - policy.value : Math.trunc(before * (1 - policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

function changedWithin(memory: AutoscalerMemory, now: number, seconds: number): number {
  return memory.changes.filter(one => one.at > now - seconds * 1000).reduce((sum, one) => sum + one.by, 0);
}
