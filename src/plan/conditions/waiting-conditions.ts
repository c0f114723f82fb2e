import { formatInstant } from '../../api/instant.ts';
import type { WaitingSale } from '../accept/show-occurrences.ts';
import { condition } from '../condition.ts';
import type { ObjectConditions } from '../plan.ts';

/**
 * Conditions of a recurring sale without a date that is planned: its next one is more than 35 days ahead, or none is to
 * come.
 */
export function waitingConditions({ sale, series, next, isCancelled }: WaitingSale): ObjectConditions {
  const told = isCancelled ? '' : ` ${series}`;
  const accepted = condition('Accepted', 'True', 'Accepted', `The sale is planned as stated.${told}`);
  const settled = [
    condition('Reconciling', 'False', 'Settled', 'Everything that can be done by now is done.'),
    condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.'),
  ];
  if (isCancelled || next === undefined) {
    const reason = isCancelled ? 'Cancelled' : 'Over';
    const message = isCancelled ? 'The sale is cancelled: no date of it is raised.' : 'No date of the sale is to come.';
    const over = [condition('Completed', 'True', reason, message), condition('Ready', 'True', reason, message)];
    return { kind: 'FlashSale', name: sale, conditions: [accepted, ...over, ...settled] };
  }
  const message = `The next date begins at ${formatInstant(next.start)}; it is planned from 35 days before that.`;
  return {
    kind: 'FlashSale',
    name: sale,
    times: next,
    conditions: [
      accepted,
      condition('Forecasted', 'Unknown', 'NotDue', message),
      condition('Prescaled', 'False', 'NotDue', message),
      condition('CapacityReady', 'Unknown', 'NotDue', message),
      condition('Completed', 'False', 'Ahead', message),
      condition('Ready', 'True', 'NotDue', message),
      ...settled,
    ],
  };
}
