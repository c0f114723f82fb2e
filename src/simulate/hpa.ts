import type { UndatedCondition } from '../api/condition.ts';
import type { AutoscalerMemory, PaceResult } from './hpa-behavior.ts';
import { paceReplicas, rememberChange, rememberRecommendation } from './hpa-behavior.ts';
import type { Proposal } from './hpa-replicas.ts';
import { proposeReplicas } from './hpa-replicas.ts';
import type { AutoscalerSpec, MetricReading } from './hpa-spec.ts';

/** The input of one sync of one HPA. */
export interface AutoscalerSync {
  /** Epoch ms. */
  readonly now: number;
  readonly spec: AutoscalerSpec;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly readyPods: number;
  /** One reading per metric of the spec, in the same order. */
  readonly readings: readonly MetricReading[];
  /** Other HPAs that select the same pods; with any, the metrics are not used. */
  readonly rivals: readonly string[];
  readonly memory: AutoscalerMemory;
}

export interface AutoscalerDecision {
  /** The value to write to the workload's scale when it differs from `specReplicas`. */
  readonly desiredReplicas: number;
  readonly memory: AutoscalerMemory;
  readonly conditions: readonly UndatedCondition[];
}

const defaultTolerance = 0.1;

/**
 * Computes one sync of the HPA controller.
 *
 *   replicas 0                    → switched off, metrics and bounds alike
 *   above max, below min          → to the bound, before any metric is looked at
 *   two HPAs on the same pods     → metrics are not read; the replicas stay
 *   some metric missing           → only up, by those that are there
 *   else                          → the highest of what the metrics ask for, at the allowed pace
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/horizontal.go
 */
export function syncAutoscaler(sync: AutoscalerSync): AutoscalerDecision {
  const { spec, specReplicas, now } = sync;
  if (specReplicas === 0) return stay(sync, condition('ScalingActive', 'False', 'ScalingDisabled', switchedOff));
  const bound = specReplicas > spec.maxReplicas ? spec.maxReplicas : Math.max(specReplicas, spec.minReplicas);
  if (bound !== specReplicas) {
    const memory = rememberChange(sync.memory, now, bound - specReplicas);
    return { desiredReplicas: bound, memory, conditions: [rescaled(bound, 'the bounds')] };
  }
  const recommended = recommendByMetrics(sync);
  if ('reason' in recommended)
    return stay(sync, condition('ScalingActive', 'False', recommended.reason, recommended.message));
  return followMetrics(sync, recommended.replicas);
}

function followMetrics(sync: AutoscalerSync, desiredReplicas: number): AutoscalerDecision {
  const { now, spec, specReplicas } = sync;
  // The first sync of an HPA counts the present replicas as its first recommendation.
  const known = sync.memory.recommendations.length > 0;
  const memory = known ? sync.memory : rememberRecommendation(sync.memory, now, specReplicas);
  const pace = paceReplicas({ now, currentReplicas: specReplicas, desiredReplicas, spec, memory });
  const remembered = rememberRecommendation(memory, now, desiredReplicas);
  return {
    desiredReplicas: pace.replicas,
    memory: pace.replicas === specReplicas ? remembered : rememberChange(remembered, now, pace.replicas - specReplicas),
    conditions: [
      condition(
        'ScalingActive',
        'True',
        'ValidMetricFound',
        'the HPA was able to compute the replica count from metrics',
      ),
      pace.replicas === specReplicas ? unchanged(pace) : rescaled(pace.replicas, 'the metrics'),
      limited(pace),
    ],
  };
}

type Recommendation = { readonly replicas: number } | { readonly reason: string; readonly message: string };

function recommendByMetrics(sync: AutoscalerSync): Recommendation {
  if (sync.rivals.length > 0) {
    return {
      reason: 'AmbiguousSelector',
      message: `pods by selector are controlled by multiple HPAs: ${sync.rivals.join(', ')}`,
    };
  }
  const proposals = sync.spec.metrics.map((metric, i) => {
    const reading = sync.readings[i] ?? { missing: 'no reading' };
    const rules = sync.spec.behavior;
    const tolerance = {
      up: rules?.scaleUp?.tolerance ?? defaultTolerance,
      down: rules?.scaleDown?.tolerance ?? defaultTolerance,
    };
    return { metric, proposal: proposeReplicas(metric, reading, { ...sync, tolerance }) };
  });
  const replicas = proposals.flatMap(({ proposal }) => ('replicas' in proposal ? [proposal.replicas] : []));
  const failed = proposals.find(({ proposal }) => 'missing' in proposal);
  const highest = Math.max(0, ...replicas);
  if (failed !== undefined && (replicas.length === 0 || highest < sync.specReplicas)) {
    return { reason: `FailedGet${failed.metric.type}Metric`, message: missingMessage(failed.proposal) };
  }
  return { replicas: highest };
}

function stay(sync: AutoscalerSync, statement: UndatedCondition): AutoscalerDecision {
  return { desiredReplicas: sync.specReplicas, memory: sync.memory, conditions: [statement] };
}

const switchedOff = 'scaling is disabled since the replica count of the target is zero';

function missingMessage(proposal: Proposal): string {
  return `the HPA was unable to compute the replica count: ${'missing' in proposal ? proposal.missing : ''}`;
}

function unchanged(pace: PaceResult): UndatedCondition {
  return pace.limitedBy === 'Stabilized'
    ? condition('AbleToScale', 'True', 'ScaleDownStabilized', 'recent recommendations were higher than current one')
    : condition('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size');
}

function rescaled(replicas: number, why: string): UndatedCondition {
  return condition(
    'AbleToScale',
    'True',
    'SucceededRescale',
    `the HPA controller set ${replicas} replicas because of ${why}`,
  );
}

function limited(pace: PaceResult): UndatedCondition {
  return pace.limitedBy === undefined || pace.limitedBy === 'Stabilized'
    ? condition('ScalingLimited', 'False', 'DesiredWithinRange', 'the desired count is within the acceptable range')
    : condition('ScalingLimited', 'True', pace.limitedBy, `the desired count was limited to ${pace.replicas}`);
}

function condition(type: string, status: 'True' | 'False', reason: string, message: string): UndatedCondition {
  return { type, status, reason, message };
}
