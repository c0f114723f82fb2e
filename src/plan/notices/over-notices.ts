import type { SalePlanReview } from '../../api/learned/sale-review.ts';
import { isMissing } from '../../api/missing.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { capacityInUse } from '../../learn/capacity/capacity-in-use.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';
import { countOf } from '../condition.ts';
import { describeEnd } from '../conditions/past-lesson.ts';
import { type Notice, noticeSubject } from './notice.ts';

/** Time in ms after its end for which a sale is told of: a channel that is new is not told of all sales ever held. */
const toldForMs = 48 * 3_600_000;

/**
 * Returns what holds now of a sale that is over and may be told, up to two days after its end.
 *
 *   state                                                              →  kind
 *   it had begun, or was cancelled                                        Ended
 *   some target was raised, and none that it reaches is any more          Restored
 *   its SalePlan has the review                                           Report
 */
export function overNotices(
  occurrence: Occurrence,
  record: SalePlan,
  { now, targets, unreadable }: Pick<Observation, 'now' | 'targets' | 'unreadable'>,
): readonly Notice[] {
  const { start, end, calledOff } = occurrence;
  if (now - end > toldForMs) return [];
  const subject = noticeSubject(record, occurrence, now);
  const reached = targets.filter(({ target }) => isReached(occurrence, target.metadata.name));
  const told: readonly (Pick<Notice, 'kind' | 'message'> | undefined)[] = [
    start < end || calledOff === 'Cancelled'
      ? { kind: 'Ended', message: `${describeEnd(occurrence, now)}.` }
      : undefined,
    restored(record, reached, unreadable),
    report(record, { now, targets }),
  ];
  return told.flatMap(one => (one === undefined ? [] : [{ ...subject, ...one }]));
}

function restored(
  { status }: SalePlan,
  reached: readonly TargetObservation[],
  unreadable: Observation['unreadable'],
): Pick<Notice, 'kind' | 'message'> | undefined {
  const timeline = status?.timeline ?? [];
  const isStuck = unreadable.some(
    ({ kind, name, raised = [] }) =>
      kind === 'ScalingTarget' && raised.length > 0 && timeline.some(({ target }) => target === name),
  );
  const baselines = new Map(reached.map(({ target }) => [target.metadata.name, target.spec.baseline.minReplicas]));
  const raised = timeline.filter(({ target, points }) =>
    points.some(({ floor }) => floor > (baselines.get(target) ?? Number.POSITIVE_INFINITY)),
  );
  if (raised.length === 0 || isStuck || reached.some(isRaised)) return undefined;
  return {
    kind: 'Restored',
    message: `Back at the baseline: ${countOf(raised.length, 'target')} of the sale.`,
  };
}

/** Whether bounds of a target are raised, or its HPA still shows a floor. */
function isRaised({ target, autoscalers, workload }: TargetObservation): boolean {
  const recorded = (target.status?.raised ?? []).length > 0;
  return (
    recorded ||
    autoscalers.some(({ floor }) => floor !== undefined) ||
    (!isMissing(workload) && workload.floor !== undefined)
  );
}

function report(
  { metadata, status }: SalePlan,
  { now, targets: observed }: Pick<Observation, 'now' | 'targets'>,
): Pick<Notice, 'kind' | 'message'> | undefined {
  if (status?.review === undefined) return undefined;
  const { targets, currency, suggestion } = status.review;
  const unsized = new Set(
    observed
      .filter(({ target }) => capacityInUse(target, now).basis === 'Unknown')
      .map(({ target }) => target.metadata.name),
  );
  const judged = targets.filter(({ target }) => !unsized.has(target));
  return {
    kind: 'Report',
    message: [
      describeReplicas(judged, currency),
      describeUnsized(targets.length - judged.length),
      suggestion ?? [],
      `All of it: kubectl get saleplan ${metadata.name} -n ${metadata.namespace} -o yaml`,
    ]
      .flat()
      .join(' '),
  };
}

function describeReplicas(targets: SalePlanReview['targets'], currency: string | undefined): readonly string[] {
  if (targets.length === 0) return [];
  const longest = (minutes: readonly number[]) => Math.round(Math.max(0, ...minutes));
  const short = longest(targets.map(({ minutesShort }) => minutesShort));
  const alone = longest(targets.map(({ minutesShortWithoutPrescale }) => minutesShortWithoutPrescale));
  const over = Math.round(targets.reduce((sum, { replicaHoursOver }) => sum + replicaHoursOver, 0));
  const idle = targets.flatMap(({ idleCost }) => idleCost ?? []);
  const price =
    idle.length === 0 || currency === undefined
      ? ''
      : ` (${Math.round(idle.reduce((sum, one) => sum + one, 0))} ${currency})`;
  return [
    `The target that was short longest was so for ${countOf(short, 'minute')}, with the HPA alone ${alone}.`,
    `Replicas above what demand needed: ${countOf(over, 'replica-hour')}${price}.`,
  ];
}

/** Says of how many targets nobody knows whether they were short: their reviews have 0 for it. */
function describeUnsized(count: number): readonly string[] {
  if (count === 0) return [];
  return [
    `Whether ${countOf(count, 'target')} had too few replicas is not known, because the capacity of a replica is not.`,
  ];
}
