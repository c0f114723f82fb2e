import { isMissing } from '../../api/missing.ts';
import type { PlannedTarget } from '../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { expectedShortage } from '../cost/expected-shortage.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import { type Curve, highestStep, type Row, rowOf, stepAt } from '../demand/curve.ts';
import { replicasFor } from '../floor/replicas/divide-by-capacity.ts';
import type { Sizing } from '../floor/replicas/replica-rule.ts';
import type { SaleNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';

/** Levels that are compared in every plan, beside the one that is planned. */
const comparedLevels = [0.5, 0.9, 0.95, 0.99];
const hourMs = 3_600_000;
/** The highest amount that is recorded: a demand that cannot be meant gives one that cannot either. */
const highestAmount = 1e15;

/** What turns a target's demand into replicas, and the bounds that hold them. */
type SizedTarget = Sizing & Pick<ScalingTargetSpec, 'baseline' | 'ceiling'>;

/**
 * Compares what the sale would cost at one target if its floor were sized by another quantile: the replicas from
 * prescaleTime to the end, and the orders that are expected to be lost all the same. Without caps other than the
 * ceiling; a floor that sinks before the end costs less. Nothing is compared where demand or the capacity of a replica is
 * not known. Undefined where the policy states no cost.
 */
export function plannedCost(
  need: SaleNeed,
  sized: SizedTarget,
  { prescaleTime, occurrence }: Pick<ScheduledSale, 'prescaleTime' | 'occurrence'>,
): PlannedTarget['cost'] {
  const { cost, total } = need;
  if (cost === undefined) return undefined;
  const hours = (occurrence.end - prescaleTime) / hourMs;
  const levels = [...new Set([...comparedLevels, cost.level])].sort((a, b) => a - b);
  const { currency, level, lossPerReplicaHour } = cost;
  const { perReplica } = sized.capacity;
  return {
    currency,
    level,
    ...(lossPerReplicaHour === undefined ? {} : { lossPerReplicaHour: amountOf(lossPerReplicaHour) }),
    options:
      isMissing(total) || perReplica === undefined
        ? []
        : levels.map(one => {
            const replicas = replicasAt(rowOf(total, one), perReplica, sized);
            const replicaCost = amountOf(replicas * hours * cost.replicaHour);
            return {
              level: one,
              replicas,
              replicaCost,
              ...lossOf(need, { total, served: replicas * perReplica, cost }),
            };
          }),
  };
}

/** The replicas for the highest demand of a row, between the baseline and the ceiling. */
function replicasAt(row: Row, perReplica: number, { headroomRatio, baseline, ceiling }: SizedTarget): number {
  const replicas = replicasFor((row[highestStep(row)] ?? 0) * headroomRatio, perReplica);
  return Math.min(ceiling, Math.max(baseline.minReplicas, replicas));
}

function lossOf(
  { occurrence: { start, end } }: SaleNeed,
  input: {
    readonly total: Curve;
    /** Requests per second. */
    readonly served: number;
    readonly cost: TargetCost;
  },
): { readonly expectedLoss?: number } {
  const { total, served, cost } = input;
  if (cost.lossPerRequest === undefined) return {};
  const span = { from: stepAt(total, start), to: stepAt(total, end) };
  return { expectedLoss: amountOf(expectedShortage(total, served, span) * cost.lossPerRequest) };
}

function amountOf(value: number): number {
  return Math.min(highestAmount, value);
}
