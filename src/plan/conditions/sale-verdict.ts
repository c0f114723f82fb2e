import type { ConditionUpdate } from '../../api/condition.ts';
import { isJudged, isVerdict, type Verdict, worseVerdict } from '../../api/conditions/verdict.ts';

/**
 * The verdict on a sale that is not over: the worse of two conditions.
 *
 *   Feasible     CapacityReady   →  verdict
 *   Go           NotDue             NotDue
 *   AtRisk       NotDue             AtRisk
 *   Go           AtRisk             AtRisk
 *   AtRisk       NoGo               NoGo
 *   Go           Go                 Go
 */
export function saleVerdict(conditions: readonly ConditionUpdate[]): Verdict {
  const judged = conditions.filter(({ type }) => isJudged(type)).map(({ reason }) => reason);
  return judged.filter(isVerdict).reduce<Verdict>(worseVerdict, 'Go');
}
