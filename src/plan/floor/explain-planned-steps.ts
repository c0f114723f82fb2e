import { formatDuration } from '../../api/duration.ts';
import { formatInstant, formatMinute, parseInstant } from '../../api/instant.ts';
import type { PlanStep, ReasonStep } from '../../api/sale-plan.ts';
import { peakOver, type SaleNeed } from './sale-need.ts';

/**
 * Explains when the bounds of a SalePlan change: one line for the raise, one for all steps down (two where it is held daily), one for the restore. A
 * target that stays at its baseline has none.
 */
export function explainPlannedSteps(need: SaleNeed, steps: readonly PlanStep[]): readonly ReasonStep[] {
  const { occurrence } = need;
  const [first, ...later] = steps;
  const last = later.at(-1);
  if (first === undefined || last === undefined) return [];
  const highest = Math.max(first.minReplicas, ...later.map(({ minReplicas }) => minReplicas));
  if (highest <= last.minReplicas) return [];
  const over = peakOver(need, occurrence.start);
  const lowest = later.at(-2)?.minReplicas;
  const sinks = need.aheadMs === undefined ? sinkOnce(lowest, over) : sinkDaily(need.aheadMs, later.slice(0, -1));
  return [
    step(
      'raise',
      first.minReplicas,
      `raised at ${minuteOf(first)}, in time for ${occurrence.sale}, which starts at ${formatMinute(occurrence.start)}`,
    ),
    ...sinks,
    step('restore', last.minReplicas, `back to ${last.minReplicas}..${last.maxReplicas} from ${minuteOf(last)} on`),
  ];
}

function sinkOnce(lowest: number | undefined, over: number | undefined): readonly ReasonStep[] {
  if (lowest === undefined || over === undefined) return [];
  return [
    step(
      'sink',
      lowest,
      `sinks from ${formatMinute(over)} on, when the forecast's peak is over, to P95 of the rest, while demand is fresh`,
    ),
  ];
}

/** Two lines: when the floor of a sale held daily moves, and what would be lacking at worst if the operator stopped. */
function sinkDaily(aheadMs: number, later: readonly PlanStep[]): readonly ReasonStep[] {
  const floors = later.map(({ minReplicas }) => minReplicas);
  const lacking = floors.map((floor, index) => Math.max(floor, ...floors.slice(index + 1)) - floor);
  const worst = lacking.indexOf(Math.max(...lacking));
  const [lowest, most] = [later[worst], lacking[worst]];
  if (lowest === undefined || most === undefined) return [];
  const ahead = formatDuration(aheadMs / 1000);
  const sinks = `sinks between the days' peaks to P95 of the next ${ahead}, while demand is fresh, and rises that long ahead`;
  const stopped = `if the operator stopped at ${formatInstant(parseInstant(lowest.from))}, ${most} replicas would be lacking at the next peaks; hold: WholeSale keeps them`;
  return [step('sink', Math.min(...floors), sinks), ...(most > 0 ? [step('daily', most, stopped)] : [])];
}

function step(rule: ReasonStep['rule'], value: number, message: string): ReasonStep {
  return { rule, value, unit: 'replicas', message };
}

function minuteOf({ from }: PlanStep): string {
  return formatMinute(parseInstant(from));
}
