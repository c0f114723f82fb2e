import type { ConditionUpdate } from '../../api/condition.ts';
import { condition } from '../condition.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { CapacityFinding } from '../sale-finding.ts';
import { describeFindings, worstOf } from './feasible/feasible.ts';
import type { OpenOutlook } from './outlook-sale.ts';

/**
 * Decides from prescaleTime on whether the capacity for a sale is there. What stands in its way before is told by
 * `Feasible`.
 *
 *   when                     what it lacks                            →  CapacityReady
 *   in mode ForecastOnly     any                                         Unknown NotDue
 *   before prescaleTime      any                                         Unknown NotDue
 *   since prescaleTime       nothing: every floor is ready and warm      True    Go
 *   since prescaleTime       see `capacityFindings`                      False   the worst of them
 */
export function capacityReady(
  { covers }: Pick<ScheduledSale, 'covers'>,
  mode: OpenOutlook['mode'],
  findings: readonly CapacityFinding[],
): ConditionUpdate<'CapacityReady'> {
  if (mode === 'ForecastOnly')
    return condition('CapacityReady', 'Unknown', 'NotDue', 'The sale is watched and nothing is raised.');
  if (!covers) return condition('CapacityReady', 'Unknown', 'NotDue', 'Nothing is raised yet.');
  if (findings.length === 0) return condition('CapacityReady', 'True', 'Go', 'Every floor is ready.');
  return condition('CapacityReady', 'False', worstOf(findings), describeFindings(findings));
}
