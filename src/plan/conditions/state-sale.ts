import type { Statement } from '../../api/condition.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { Refusal } from '../accept/refusal.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { countOf, say } from '../say.ts';
import { capacityReady, describeWaiting } from './capacity-verdict.ts';
import type { Outlook } from './outlook-sale.ts';
import type { Readiness } from './sale-readiness.ts';

const watched =
  'The sale is watched and nothing is raised: policy, sale or every target it reaches is in mode ForecastOnly.';

/** What to say in the status of a FlashSale that is not over. */
export function stateSale(ask: {
  readonly sale: ScheduledSale;
  readonly outlook: Outlook;
  /** One for each target that the sale raises. */
  readonly readiness: readonly Readiness[];
  /** Epoch ms. */
  readonly now: number;
  /** Why the whole namespace is held, in words. */
  readonly heldBy: string | undefined;
}): readonly Statement[] {
  const { sale, outlook, readiness, now } = ask;
  const prescaled = prescaledStatement(sale, outlook, readiness, ask.heldBy);
  return [
    accepted(sale.occurrence.refusal),
    forecasted(sale),
    say('Approved', 'True', 'NotRequired', 'No approval is asked for.'),
    prescaled,
    capacityReady(sale, outlook, readiness, now),
    say('Completed', 'False', outlook.stage, `The sale ends at ${formatInstant(outlook.end)}.`),
    ...progress(sale.occurrence.refusal, prescaled),
  ];
}

/** What to say in the status of a FlashSale that is over, was cancelled, or lay in the past from the beginning. */
export function statePastSale({ calledOff }: Occurrence, { stage, end }: Outlook): readonly Statement[] {
  const over = calledOff === undefined ? `The sale ended at ${formatInstant(end)}` : 'The sale was cancelled';
  const isReviewed = stage === 'Past';
  const message = isReviewed ? `${over}; it teaches the next forecast.` : `${over}; its review is due.`;
  const reason = calledOff ?? (isReviewed ? 'Over' : 'ReviewDue');
  return [
    accepted(undefined),
    say('Completed', isReviewed ? 'True' : 'False', reason, message),
    say('Ready', isReviewed ? 'True' : 'False', reason, message),
    say('Reconciling', isReviewed ? 'False' : 'True', reason, message),
    say('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}

/** What to say of an object that is not served at all. */
export function stateRefused({ reason, message }: Refusal): readonly Statement[] {
  return [
    say('Accepted', 'False', reason, message),
    say('Ready', 'False', reason, message),
    say('Reconciling', 'False', 'Stalled', 'Nothing is under way.'),
    say('Stalled', 'True', reason, message),
  ];
}

function accepted(refusal: Refusal | undefined): Statement {
  return refusal === undefined
    ? say('Accepted', 'True', 'Accepted', 'The sale is planned as stated.')
    : say('Accepted', 'False', refusal.reason, `${refusal.message} The plan made before stands.`);
}

function forecasted({ needs }: ScheduledSale): Statement {
  const without = [...needs].filter(([, { total }]) => isMissing(total));
  const [first] = without;
  if (first === undefined)
    return say('Forecasted', 'True', 'Forecasted', `The demand of ${countOf(needs.size, 'target')} is forecast.`);
  const [name, { total, recorded }] = first;
  const why = isMissing(total) ? total.missing : '';
  const instead = recorded === undefined ? '' : `; ${recorded.replicas} replicas, ${recorded.message}`;
  const others = without.length > 1 ? `, and ${without.length - 1} more` : '';
  return say('Forecasted', 'False', 'NoDemand', `No forecast for ${name}${others}: ${why}${instead}.`);
}

function prescaledStatement(
  { covers, isLate, prescaleTime }: ScheduledSale,
  { mode, stage }: Outlook,
  readiness: readonly Readiness[],
  heldBy: string | undefined,
): Statement {
  const at = formatInstant(prescaleTime);
  if (mode === 'ForecastOnly') return say('Prescaled', 'False', 'ForecastOnly', watched);
  if (!covers) return say('Prescaled', 'False', 'NotDue', `Bounds are raised at ${at}.`);
  if (heldBy !== undefined) return say('Prescaled', 'False', 'PolicyNotAccepted', heldBy);
  const waiting = readiness.filter(({ inForce, ready, floor }) => !inForce || ready < floor);
  const late = isLate ? ` The sale is late: bounds were due at ${at}.` : '';
  if (waiting.length === 0) {
    return say('Prescaled', 'True', isLate ? 'Late' : stage, `${describeDone(readiness)}${late}`);
  }
  const paused = waiting.filter(({ inForce, isPaused }) => isPaused && !inForce);
  if (paused.length > 0) {
    return say('Prescaled', 'False', 'Paused', `${paused.map(({ target }) => target).join(', ')}: raises are paused.`);
  }
  return say('Prescaled', 'False', isLate ? 'Late' : 'Raising', `${describeWaiting(waiting)}${late}`);
}

function describeDone(readiness: readonly Readiness[]): string {
  if (readiness.length === 0) return 'No target needs more than its baseline.';
  return `The floors of ${countOf(readiness.length, 'target')} are ready.`;
}

function progress(refusal: Refusal | undefined, prescaled: Statement): readonly Statement[] {
  if (refusal !== undefined) {
    return stateRefused({ ...refusal, message: `${refusal.message} The plan made before stands.` }).filter(
      ({ type }) => type !== 'Accepted',
    );
  }
  const isUnderWay = prescaled.status === 'False' && (prescaled.reason === 'Raising' || prescaled.reason === 'Late');
  const isHeld = prescaled.reason === 'PolicyNotAccepted' || prescaled.reason === 'Paused';
  return [
    say('Ready', isUnderWay || isHeld ? 'False' : 'True', prescaled.reason, prescaled.message),
    isUnderWay
      ? say('Reconciling', 'True', prescaled.reason, prescaled.message)
      : say('Reconciling', 'False', 'Settled', 'Everything that can be done by now is done.'),
    isHeld
      ? say('Stalled', 'True', prescaled.reason, prescaled.message)
      : say('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
}
