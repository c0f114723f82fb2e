import type { ConditionUpdate } from '../../api/condition.ts';
import { condition } from '../condition.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { OpenOutlook } from './outlook-sale.ts';
import type { Readiness } from './sale-readiness.ts';

/**
 * Decides whether the capacity for a sale that is not over will suffice.
 *
 *   when                     capacity                           →  verdict
 *   in mode ForecastOnly     any                                   Unknown NotDue
 *   any time                 a policy forbids the raise            False   NoGo
 *   before prescaleTime      no limit binds                        Unknown NotDue
 *   any time                 a limit binds, or another risk        False   AtRisk
 *   before the start         pods are still starting               False   AtRisk
 *   during the sale          fewer ready than the floor            False   NoGo
 *   since prescaleTime       every floor is ready                  True    Go
 */
export function capacityReady(input: {
  readonly sale: ScheduledSale;
  readonly outlook: OpenOutlook;
  readonly readiness: readonly Readiness[];
  /** Epoch ms. */
  readonly now: number;
  /** Why nothing in the namespace is raised, in words. */
  readonly heldBy: string | undefined;
}): ConditionUpdate {
  const { readiness, now, heldBy } = input;
  const { covers, occurrence } = input.sale;
  const { risks, mode, extraReplicas } = input.outlook;
  if (mode === 'ForecastOnly')
    return condition('CapacityReady', 'Unknown', 'NotDue', 'The sale is watched and nothing is raised.');
  const [risk] = risks;
  const waiting = covers ? readiness.filter(({ ready, floor }) => ready < floor) : [];
  const isShort = covers ? waiting.length > 0 : extraReplicas > 0;
  if (heldBy !== undefined && isShort) return condition('CapacityReady', 'False', 'NoGo', heldBy);
  if (waiting.length > 0) {
    const reason = now < occurrence.start ? 'AtRisk' : 'NoGo';
    return condition('CapacityReady', 'False', reason, describeWaiting(waiting));
  }
  if (risk !== undefined) return condition('CapacityReady', 'False', 'AtRisk', risk);
  return covers
    ? condition('CapacityReady', 'True', 'Go', 'Every floor is ready.')
    : condition('CapacityReady', 'Unknown', 'NotDue', 'Nothing is raised yet.');
}

/** Lists, in a sentence, which targets lack what. */
export function describeWaiting(waiting: readonly Readiness[]): string {
  const lacks = waiting.map(({ target, ready, floor }) =>
    ready < floor
      ? `${target} has ${ready} of ${floor} replicas ready`
      : `${target} has its ${floor} replicas, but its bounds are not in force`,
  );
  return `${lacks.join(', ')}.`;
}
