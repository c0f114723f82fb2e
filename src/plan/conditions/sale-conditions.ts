import type { ConditionUpdate } from '../../api/condition.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { Refusal } from '../accept/refusal.ts';
import { condition, countOf, sentenceOf } from '../condition.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { CapacityFinding } from '../sale-finding.ts';
import type { ApprovalOutlook } from './approved.ts';
import { capacityReady } from './capacity-verdict.ts';
import { feasible } from './feasible/feasible.ts';
import type { OpenOutlook, Outlook } from './outlook-sale.ts';
import { describeEnd, describeLesson } from './past-lesson.ts';
import { describeLacking } from './ready/capacity-findings.ts';
import type { Readiness } from './sale-readiness.ts';

const watched =
  'The sale is watched and nothing is raised: policy, sale or every target it reaches is in mode ForecastOnly.';

/** Conditions of a FlashSale that is not over. */
export function saleConditions(input: {
  readonly sale: ScheduledSale;
  readonly outlook: OpenOutlook;
  /** One entry per target that the sale raises. */
  readonly readiness: readonly Readiness[];
  readonly approval: ApprovalOutlook;
  /** What the sale lacks, worst first. */
  readonly lacks: readonly CapacityFinding[];
}): readonly ConditionUpdate[] {
  const { sale, outlook, readiness, lacks, approval } = input;
  const prescaled = awaited(prescaledStatement(sale, outlook, readiness), sale, approval);
  return [
    accepted(sale.occurrence),
    forecasted(sale),
    approval.condition,
    prescaled,
    feasible(outlook.findings, outlook.mode),
    capacityReady(sale, outlook.mode, lacks),
    completed(sale.occurrence, outlook),
    ...progress(sale.occurrence.refusal, prescaled),
  ];
}

/** Conditions of a FlashSale that is over, was cancelled, or was already past when it was created. */
export function pastSaleConditions(
  occurrence: Occurrence,
  { stage }: Outlook,
  observation: Observation,
): readonly ConditionUpdate[] {
  const { calledOff } = occurrence;
  const over = describeEnd(occurrence, observation.now);
  const isReviewed = stage === 'Past';
  const message = `${over}; ${isReviewed ? describeLesson(occurrence, observation) : 'its review is due'}.`;
  const ended = isReviewed ? 'Over' : 'ReviewDue';
  const reason = calledOff === undefined ? ended : 'Cancelled';
  return [
    accepted(occurrence),
    condition('Completed', isReviewed ? 'True' : 'False', reason, message),
    condition('Ready', isReviewed ? 'True' : 'False', reason, message),
    condition('Reconciling', isReviewed ? 'False' : 'True', reason, message),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}

/** Conditions of an object that is not served at all. */
export function refusedConditions({ reason, message }: Refusal): readonly ConditionUpdate[] {
  return [
    condition('Accepted', 'False', reason, message),
    condition('Ready', 'False', reason, message),
    condition('Reconciling', 'False', 'Stalled', 'Nothing is under way.'),
    condition('Stalled', 'True', reason, message),
  ];
}

function accepted({ refusal, calledOff, series, leftOut }: Occurrence): ConditionUpdate {
  if (refusal !== undefined) {
    const effect =
      calledOff === undefined ? 'The plan made before stands.' : 'That it is cancelled counts all the same.';
    return condition('Accepted', 'False', refusal.reason, `${refusal.message} ${effect}`);
  }
  const told = [leftOut ?? 'The sale is planned as stated.', series ?? []].flat().join(' ');
  return condition('Accepted', 'True', 'Accepted', told);
}

/** When the sale ends, and what its stock says of it. */
function completed({ stock = {} }: Occurrence, { stage, end }: OpenOutlook): ConditionUpdate {
  const { soldOutSince, unknown } = stock;
  const ends = `The sale ends at ${formatInstant(end)}`;
  if (soldOutSince !== undefined) {
    const message = `Sold out since ${formatInstant(soldOutSince)}: floors sink to what demand still needs, and rise again with more stock. ${ends}.`;
    return condition('Completed', 'False', 'SoldOut', message);
  }
  return unknown === undefined
    ? condition('Completed', 'False', stage, `${ends}.`)
    : condition(
        'Completed',
        'False',
        stage,
        `${ends}, and not earlier, because its stock cannot be read: ${sentenceOf(unknown)}`,
      );
}

function forecasted({ needs }: ScheduledSale): ConditionUpdate {
  const without = [...needs].filter(([, { total }]) => isMissing(total));
  const [first] = without;
  if (first === undefined)
    return condition('Forecasted', 'True', 'Forecasted', `The demand of ${countOf(needs.size, 'target')} is forecast.`);
  const [name, { total, recorded }] = first;
  const why = isMissing(total) ? total.missing : '';
  const instead = recorded === undefined ? '' : `; ${recorded.replicas} replicas, ${recorded.message}`;
  const others = without.length > 1 ? `, and ${without.length - 1} more` : '';
  return condition('Forecasted', 'False', 'NoDemand', `No forecast for ${name}${others}: ${why}${instead}.`);
}

function prescaledStatement(
  { covers, isLate, prescaleTime }: ScheduledSale,
  { mode, stage }: OpenOutlook,
  readiness: readonly Readiness[],
): ConditionUpdate<'Prescaled'> {
  const at = formatInstant(prescaleTime);
  if (mode === 'ForecastOnly') return condition('Prescaled', 'False', 'ForecastOnly', watched);
  if (!covers) return condition('Prescaled', 'False', 'NotDue', `Bounds are raised at ${at}.`);
  const waiting = readiness.filter(({ inForce, ready, floor }) => !inForce || ready < floor);
  const late = isLate ? ` The sale is late: bounds were due at ${at}.` : '';
  if (waiting.length === 0) {
    const inTime = stage === 'Running' ? 'Running' : 'Prescaling';
    return condition('Prescaled', 'True', isLate ? 'Late' : inTime, `${describeDone(readiness)}${late}`);
  }
  const paused = waiting.filter(({ inForce, isPaused }) => isPaused && !inForce);
  if (paused.length > 0) {
    return condition(
      'Prescaled',
      'False',
      'Paused',
      `${paused.map(({ target }) => target).join(', ')}: raises are paused.`,
    );
  }
  return condition(
    'Prescaled',
    'False',
    isLate ? 'Late' : 'Raising',
    `${waiting.map(describeLacking).join(', ')}.${late}`,
  );
}

/** A sale whose floors are ready as far as they are approved is not prescaled while more waits. */
function awaited(
  prescaled: ConditionUpdate<'Prescaled'>,
  { covers }: ScheduledSale,
  { condition: { message }, waiting }: ApprovalOutlook,
): ConditionUpdate<'Prescaled'> {
  const isDone = covers && prescaled.status === 'True' && waiting.length > 0;
  return isDone ? condition('Prescaled', 'False', 'AwaitingApproval', message) : prescaled;
}

function describeDone(readiness: readonly Readiness[]): string {
  if (readiness.length === 0) return 'No floor is above its baseline.';
  return `The floors of ${countOf(readiness.length, 'target')} are ready.`;
}

function progress(refusal: Refusal | undefined, prescaled: ConditionUpdate<'Prescaled'>): readonly ConditionUpdate[] {
  if (refusal !== undefined) {
    return refusedConditions({ ...refusal, message: `${refusal.message} The plan made before stands.` }).filter(
      ({ type }) => type !== 'Accepted',
    );
  }
  const isUnderWay = prescaled.status === 'False' && (prescaled.reason === 'Raising' || prescaled.reason === 'Late');
  const held: readonly string[] = ['Paused', 'AwaitingApproval'];
  const isHeld = held.includes(prescaled.reason);
  return [
    condition('Ready', isUnderWay || isHeld ? 'False' : 'True', prescaled.reason, prescaled.message),
    isUnderWay
      ? condition('Reconciling', 'True', prescaled.reason, prescaled.message)
      : condition('Reconciling', 'False', 'Settled', 'Everything that can be done by now is done.'),
    isHeld
      ? condition('Stalled', 'True', prescaled.reason, prescaled.message)
      : condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}
