import type { ScaleUpRecord } from '../../api/learned/scale-up.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { estimateLeadTime, type LeadTimeEstimate } from './estimate-lead-time.ts';

/** What is known of a target's scale-ups. */
export interface LeadTimeEvidence {
  /** Scale-ups of its workload. */
  readonly scaleUps: readonly ScaleUpRecord[];
  readonly statedSeconds: number;
}

/** Returns the evidence that a target's status holds: the scale-ups of the workload that it names now. */
export function leadTimeEvidence({ spec, status }: Pick<ScalingTarget, 'spec' | 'status'>): LeadTimeEvidence {
  const scaleUps = (status?.scaleUps ?? []).filter(({ workload }) => workload === spec.workloadRef.name);
  return { scaleUps, statedSeconds: spec.leadTimeSeconds };
}

/** Estimates the lead time of a raise of `added` replicas. @default as many as the largest scale-up that was seen */
export function leadTimeOfRaise(
  { scaleUps, statedSeconds }: LeadTimeEvidence,
  added = largestRaise(scaleUps),
): LeadTimeEstimate {
  return estimateLeadTime(scaleUps, added, statedSeconds);
}

/** Replicas that the largest scale-up added; at least 1. */
export function largestRaise(scaleUps: readonly Pick<ScaleUpRecord, 'added'>[]): number {
  return scaleUps.reduce((most, { added }) => Math.max(most, added), 1);
}
