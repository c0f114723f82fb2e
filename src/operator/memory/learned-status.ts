import { isMissing } from '../../api/missing.ts';
import type { LearnedStatus } from '../../apply/reports/compose-status.ts';
import { learnLeadTime } from '../../learn/lead-time/learn-lead-time.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { ordinaryReplicas } from '../../plan/floor/guess/guess-need.ts';
import { recordHour } from '../../plan/floor/guess/ordinary-replicas.ts';
import type { Plan } from '../../plan/plan.ts';

/**
 * Collects what a target's status keeps of what was observed, so that a process that starts later decides the same: how
 * late its source is, in whole minutes, the replicas of this hour where no sale of the namespace raises them, and its
 * scale-ups with the lead time that they show.
 */
export function learnedStatus(observed: TargetObservation, { now, sales }: Pick<Plan, 'now' | 'sales'>): LearnedStatus {
  const { demand, target } = observed;
  const late = isMissing(demand) ? undefined : demand.latenessSeconds;
  const replicas = ordinaryReplicas(observed, now, () => sales);
  return {
    ...(late === undefined ? {} : { demandLatenessSeconds: Math.ceil(late / 60) * 60 }),
    ...(replicas === undefined
      ? {}
      : { ordinaryReplicas: [...recordHour(target.status?.ordinaryReplicas ?? [], replicas, now)] }),
    ...leadTimeStatus(observed, now),
  };
}

function leadTimeStatus({ target, scaleUps: seen }: TargetObservation, now: number): LearnedStatus {
  if (seen === undefined && target.status?.scaleUps === undefined) return {};
  const { scaleUps, ...measured } = learnLeadTime(target, seen ?? [], now);
  return { scaleUps: [...scaleUps], ...measured };
}
