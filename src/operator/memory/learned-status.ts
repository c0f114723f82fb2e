import { isMissing } from '../../api/missing.ts';
import type { LearnedStatus } from '../../apply/reports/compose-status.ts';
import { learnCalls } from '../../learn/calls/learn-calls.ts';
import { learnCapacity } from '../../learn/capacity/learn-capacity.ts';
import type { AnswerTimes } from '../../learn/capacity/served-steps.ts';
import { learnLeadTime } from '../../learn/lead-time/learn-lead-time.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import type { Occurrence } from '../../plan/accept/occurrence.ts';
import { isOrdinary, ordinaryReplicas, settleMs } from '../../plan/floor/guess/guess-need.ts';
import { recordHour } from '../../plan/floor/guess/ordinary-replicas.ts';
import { calledBy } from './called-targets.ts';

/** What ordinary load is told by; times are epoch ms. */
interface Times {
  readonly now: number;
  /** The sales that run or ran of late, those that are reviewed among them. */
  readonly sales: readonly Pick<Occurrence, 'start' | 'end'>[];
}

/**
 * Collects what a target's status keeps of what was observed, so that a process that starts later decides the same: how
 * late its source is, in whole minutes, the replicas of this hour where no sale of the namespace raises them, its scale-ups
 * with the lead time that they show, the hours that showed its capacity, and its calls as both ends measured them.
 */
export function learnedStatus(
  observed: TargetObservation,
  { now, sales }: Times,
  /** All targets of the namespace. */
  targets: readonly TargetObservation[],
): LearnedStatus {
  const { demand, target } = observed;
  const late = isMissing(demand) ? undefined : demand.latenessSeconds;
  const replicas = ordinaryReplicas(observed, now, () => sales);
  return {
    ...(late === undefined ? {} : { demandLatenessSeconds: Math.ceil(late / 60) * 60 }),
    ...(replicas === undefined
      ? {}
      : { ordinaryReplicas: [...recordHour(target.status?.ordinaryReplicas ?? [], replicas, now)] }),
    ...leadTimeStatus(observed, now),
    ...capacityStatus(observed, targets, now),
    ...callStatus(observed, targets, { now, sales }),
  };
}

function leadTimeStatus({ target, scaleUps: seen }: TargetObservation, now: number): LearnedStatus {
  if (seen === undefined && target.status?.scaleUps === undefined) return {};
  const { scaleUps, ...measured } = learnLeadTime(target, seen ?? [], now);
  return { scaleUps: [...scaleUps], ...measured };
}

function capacityStatus(
  observed: TargetObservation,
  targets: readonly TargetObservation[],
  now: number,
): LearnedStatus {
  const { demand, target, steady = [] } = observed;
  const own = answerTimesOf(observed) ?? (target.spec.objective?.query === undefined ? 'Autoscaler' : undefined);
  if (own === undefined || isMissing(demand)) return {};
  const callees = target.spec.calls.flatMap(({ target: name }) => {
    const callee = targets.find(one => one.target.metadata.name === name);
    return (callee && answerTimesOf(callee)) ?? [];
  });
  const { recent, settledUntil = recent.start + recent.values.length * recent.stepSeconds * 1000 } = demand;
  const hours = learnCapacity(target, { demand: recent, own, callees, steady, settledUntil, now });
  return hours.length === 0 ? {} : { capacityHours: [...hours] };
}

/** What was measured of a target's calls; nothing is learned while a sale runs or just ran. */
function callStatus(
  { demand, target, clock }: TargetObservation,
  targets: readonly TargetObservation[],
  { now, sales }: Times,
): LearnedStatus {
  const { spec } = target;
  if (isMissing(demand) || spec.calls.length === 0 || !isOrdinary(now, sales)) return {};
  const { recent, settledUntil = recent.start + recent.values.length * recent.stepSeconds * 1000 } = demand;
  const since = sales.reduce(
    (latest, { end }) => (end <= now ? Math.max(latest, end + settleMs) : latest),
    recent.start,
  );
  const callRatios = learnCalls(target, { called: calledBy(spec, targets), clock, from: since, settledUntil });
  return callRatios.length === 0 ? {} : { callRatios: [...callRatios] };
}

function answerTimesOf({ answerTimes, target }: TargetObservation): AnswerTimes | undefined {
  const mostMs = target.spec.objective?.p95Milliseconds;
  if (answerTimes === undefined || isMissing(answerTimes) || mostMs === undefined) return undefined;
  return { p95: answerTimes.recent, mostMs };
}
