import type { AutoscalerState } from '../api/autoscalers/autoscaler-state.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import type { Bounds } from '../plan/plan.ts';

/**
 * Checks bounds just before they are written and returns a sentence when they must not be sent:
 *
 *   always                 baseline.min ≤ min ≤ max, in whole replicas
 *   raising max            not above ceiling and cap; what is live already may stay until the pods have gone
 *   lowering max           not below what the HPA runs or wants: that would kill pods
 */
export function refuseBounds({
  bounds,
  live,
  spec,
  cap,
  replicas = 0,
}: {
  readonly bounds: Bounds;
  readonly live: Pick<AutoscalerState, 'maxReplicas' | 'currentReplicas' | 'desiredReplicas'>;
  readonly spec: Pick<ScalingTargetSpec, 'baseline' | 'ceiling'>;
  readonly cap: number;
  /** `spec.replicas` of the workload, for an HPA without a status. @default 0 */
  readonly replicas?: number | undefined;
}): string | undefined {
  const { minReplicas: min, maxReplicas: max } = bounds;
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) return `${min}..${max} are not whole replicas`;
  if (min > max) return `the minimum ${min} is above the maximum ${max}`;
  if (min < spec.baseline.minReplicas) return `the minimum ${min} is below the baseline's ${spec.baseline.minReplicas}`;
  const limit = Math.max(spec.baseline.maxReplicas, Math.min(spec.ceiling, cap));
  if (max > limit && max > live.maxReplicas)
    return `the maximum ${max} is above the ${limit} allowed by ceiling and caps`;
  const running = Math.max(live.currentReplicas, live.desiredReplicas, replicas);
  if (max < live.maxReplicas && max < running)
    return `the maximum ${max} is below the ${running} replicas that the HPA runs or wants`;
  return undefined;
}
