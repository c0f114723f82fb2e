import { formatMinute, parseInstant } from '../../api/instant.ts';
import type { PlanStep, ReasonStep } from '../../api/sale-plan.ts';
import { peakOver, type SaleNeed } from './sale-need.ts';

/**
 * Explains when the bounds of a SalePlan change: one line for the raise, one for all steps down, one for the restore. A
 * target that stays at its baseline has none.
 */
export function explainPlannedSteps(need: SaleNeed, steps: readonly PlanStep[]): readonly ReasonStep[] {
  const { occurrence } = need;
  const [first, ...later] = steps;
  const last = later.at(-1);
  if (first === undefined || last === undefined || first.minReplicas <= last.minReplicas) return [];
  const over = peakOver(need);
  const lowest = later.at(-2)?.minReplicas;
  return [
    step(
      'raise',
      first.minReplicas,
      `raised at ${minuteOf(first)}, in time for ${occurrence.sale}, which starts at ${formatMinute(occurrence.start)}`,
    ),
    ...(lowest === undefined || over === undefined
      ? []
      : [
          step(
            'sink',
            lowest,
            `sinks from ${formatMinute(over)} on, when the forecast's peak is over, to P95 of the rest, while demand is fresh`,
          ),
        ]),
    step('restore', last.minReplicas, `back to ${last.minReplicas}..${last.maxReplicas} from ${minuteOf(last)} on`),
  ];
}

function step(rule: ReasonStep['rule'], value: number, message: string): ReasonStep {
  return { rule, value, unit: 'replicas', message };
}

function minuteOf({ from }: PlanStep): string {
  return formatMinute(parseInstant(from));
}
