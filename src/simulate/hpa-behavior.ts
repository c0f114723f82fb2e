import type { AutoscalerSpec, ScalingPolicyRule } from './hpa-spec.ts';

/** What the controller keeps of one HPA between syncs. */
export interface AutoscalerMemory {
  /** The replicas that the metrics asked for, before any limit, oldest first. */
  readonly recommendations: readonly { readonly at: number; readonly replicas: number }[];
  /** The changes that the controller made, oldest first; positive up, negative down. */
  readonly changes: readonly { readonly at: number; readonly by: number }[];
}

export const emptyMemory: AutoscalerMemory = { recommendations: [], changes: [] };

export interface PaceInput {
  readonly now: number;
  readonly currentReplicas: number;
  /** The replicas that the metrics ask for, before any limit. */
  readonly desiredReplicas: number;
  readonly spec: AutoscalerSpec;
  readonly memory: AutoscalerMemory;
}

export interface PaceResult {
  readonly replicas: number;
  /** The reason of the condition ScalingLimited; absent when the recommendation was not limited. */
  readonly limitedBy?: 'TooFewReplicas' | 'TooManyReplicas' | 'ScaleUpLimit' | 'ScaleDownLimit' | 'Stabilized';
}

const downWindowSeconds = 300;
const defaultUp: readonly ScalingPolicyRule[] = [
  { type: 'Pods', value: 4, periodSeconds: 15 },
  { type: 'Percent', value: 100, periodSeconds: 15 },
];
/** The longest window or period that the API allows. */
const longestWindowMs = 3_600_000;
const defaultDown: readonly ScalingPolicyRule[] = [{ type: 'Percent', value: 100, periodSeconds: 15 }];

/**
 * Limits the change of one sync by the stabilization window, the scaling policies and the bounds. Without `behavior`
 * the controller uses an older rule: up to twice the replicas or 4 on the way up, the highest recommendation of the
 * last 300 s on the way down.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/horizontal.go
 */
export function paceReplicas(input: PaceInput): PaceResult {
  const stabilized = stabilize(input);
  const limited = input.spec.behavior === undefined ? limitPlainly(stabilized, input) : limitByRules(stabilized, input);
  return (
    limited ??
    (stabilized === input.desiredReplicas
      ? { replicas: stabilized }
      : { replicas: stabilized, limitedBy: 'Stabilized' })
  );
}

/** Adds the recommendation of a sync to the memory and drops what is older than every window. */
export function rememberRecommendation(memory: AutoscalerMemory, now: number, replicas: number): AutoscalerMemory {
  const kept = memory.recommendations.filter(one => one.at > now - longestWindowMs);
  return { ...memory, recommendations: [...kept, { at: now, replicas }] };
}

/** Adds a change of the replicas to the memory. */
export function rememberChange(memory: AutoscalerMemory, now: number, by: number): AutoscalerMemory {
  const kept = memory.changes.filter(one => one.at > now - longestWindowMs);
  return { ...memory, changes: [...kept, { at: now, by }] };
}

function stabilize({ now, currentReplicas, desiredReplicas, spec, memory }: PaceInput): number {
  const within = (seconds: number) =>
    memory.recommendations.filter(one => one.at > now - seconds * 1000).map(one => one.replicas);
  const down = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? downWindowSeconds;
  const highest = Math.max(desiredReplicas, ...within(down));
  if (spec.behavior === undefined) return highest;
  const lowest = Math.min(desiredReplicas, ...within(spec.behavior.scaleUp?.stabilizationWindowSeconds ?? 0));
  return Math.min(Math.max(currentReplicas, lowest), highest);
}

function limitPlainly(replicas: number, { spec, currentReplicas }: PaceInput): PaceResult | undefined {
  if (replicas < spec.minReplicas) return { replicas: spec.minReplicas, limitedBy: 'TooFewReplicas' };
  return limitAbove(replicas, spec.maxReplicas, Math.max(2 * currentReplicas, 4));
}

function limitByRules(replicas: number, input: PaceInput): PaceResult | undefined {
  const { spec, currentReplicas } = input;
  if (replicas > currentReplicas) {
    return limitAbove(replicas, spec.maxReplicas, Math.max(currentReplicas, upLimit(input)));
  }
  const limit = Math.min(currentReplicas, downLimit(input));
  if (replicas >= Math.max(limit, spec.minReplicas)) return undefined;
  return limit > spec.minReplicas
    ? { replicas: limit, limitedBy: 'ScaleDownLimit' }
    : { replicas: spec.minReplicas, limitedBy: 'TooFewReplicas' };
}

function limitAbove(replicas: number, maxReplicas: number, scaleUpLimit: number): PaceResult | undefined {
  const most = Math.min(maxReplicas, scaleUpLimit);
  if (replicas <= most) return undefined;
  return { replicas: most, limitedBy: scaleUpLimit < maxReplicas ? 'ScaleUpLimit' : 'TooManyReplicas' };
}

function upLimit({ now, currentReplicas, spec, memory }: PaceInput): number {
  const { selectPolicy, policies = defaultUp } = spec.behavior?.scaleUp ?? {};
  if (selectPolicy === 'Disabled') return currentReplicas;
  const limits = policies.map(policy => {
    const before = currentReplicas - changedWithin(memory, now, policy.periodSeconds);
    return policy.type === 'Pods' ? before + policy.value : Math.ceil(before * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

/**
 * The lowest number of replicas allowed now. `Max` selects the policy that allows the largest change, so the smallest
 * number.
 */
function downLimit({ now, currentReplicas, spec, memory }: PaceInput): number {
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
