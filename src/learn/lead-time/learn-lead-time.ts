import type { ScaleUpRecord } from '../../api/learned/scale-up.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { keepScaleUps } from './keep-scale-ups.ts';
import { leadTimeOfRaise } from './measured-lead-time.ts';

/** What a target's status says of its lead time. */
export interface LearnedLeadTime {
  readonly scaleUps: readonly ScaleUpRecord[];
  /** P95 of a raise as large as the largest of them; absent while none was measured. */
  readonly measuredLeadTimeSeconds?: number;
}

/** Learns from scale-ups that were seen: what the status is to keep at `now`, epoch ms. */
export function learnLeadTime(
  { spec, status }: Pick<ScalingTarget, 'spec' | 'status'>,
  seen: readonly ScaleUpRecord[],
  now: number,
): LearnedLeadTime {
  const scaleUps = keepScaleUps(status?.scaleUps ?? [], seen, { workload: spec.workloadRef.name, now });
  const { seconds, count } = leadTimeOfRaise({ scaleUps, statedSeconds: spec.leadTimeSeconds });
  return { scaleUps, ...(count === 0 ? {} : { measuredLeadTimeSeconds: seconds }) };
}
