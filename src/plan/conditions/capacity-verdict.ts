import type { ConditionUpdate } from '../../api/condition.ts';
import { condition } from '../condition.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { OpenOutlook } from './outlook-sale.ts';
import type { Readiness } from './sale-readiness.ts';

/**
 * Decides from prescaleTime on whether the capacity for a sale is there. What stands in its way before is told by
 * `Feasible`.
 *
 *   when                     capacity                           →  CapacityReady
 *   in mode ForecastOnly     any                                   Unknown NotDue
 *   before prescaleTime      any                                   Unknown NotDue
 *   since prescaleTime       a policy forbids the raise            False   NoGo
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
}): ConditionUpdate<'CapacityReady'> {
  const { readiness, now, heldBy } = input;
  const { covers, occurrence } = input.sale;
  if (input.outlook.mode === 'ForecastOnly')
    return condition('CapacityReady', 'Unknown', 'NotDue', 'The sale is watched and nothing is raised.');
  if (!covers) return condition('CapacityReady', 'Unknown', 'NotDue', 'Nothing is raised yet.');
  const waiting = readiness.filter(({ ready, floor }) => ready < floor);
  if (waiting.length === 0) return condition('CapacityReady', 'True', 'Go', 'Every floor is ready.');
  if (heldBy !== undefined) return condition('CapacityReady', 'False', 'NoGo', heldBy);
  const reason = now < occurrence.start ? 'AtRisk' : 'NoGo';
  return condition('CapacityReady', 'False', reason, describeWaiting(waiting));
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
