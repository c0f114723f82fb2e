import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { callsRisk } from './calls-risk.ts';
import { capacityRisk } from './capacity-risk.ts';
import { headroomRisk } from './headroom-risk.ts';
import { historyRisk } from './history-risk.ts';
import { leadTimeRisk } from './lead-time-risk.ts';
import { learnedCapacityRisk } from './learned-capacity-risk.ts';
import { needRisk } from './need-risk.ts';
import { statementRisk } from './statement-risk.ts';
import { stepRisk } from './step-risk.ts';
import type { TargetCheck } from './target-check.ts';

/**
 * Reports implausible numbers from outside, one sentence per number with the next step. None of them changes the plan:
 * only the author of a number can correct it.
 */
export function plausibilityRisks(
  sale: ScheduledSale,
  reached: readonly DesiredFloor[],
  now: number,
): readonly string[] {
  const checks = [
    needRisk,
    capacityRisk,
    historyRisk,
    stepRisk,
    leadTimeRisk,
    headroomRisk,
    callsRisk,
    learnedCapacityRisk,
  ];
  const targets = reached.flatMap((desired): readonly TargetCheck[] => {
    const need = sale.needs.get(desired.name);
    return need === undefined ? [] : [{ need, desired, now }];
  });
  return [...statementRisk(sale.occurrence), ...checks.flatMap(check => targets.flatMap(check))];
}
