import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';
import { type Curve, highestStep, rowOf, stepAt, timeOf } from '../demand/curve.ts';
import { type Extra, type TargetDemand, totalDemand } from '../demand/fan-out.ts';
import { floorLevel, medianLevel } from '../demand/levels.ts';

/** What one sale asks of one target. */
export interface SaleNeed {
  readonly occurrence: Occurrence;
  /** Demand over the sale, with all sales that meet it. */
  readonly total: Curve | Missing;
  /** Demand over the sale without any sale. */
  readonly base: Curve | Missing;
  /** Names of the other sales in `total`, in order. */
  readonly others: readonly string[];
  /** This sale's own part of it. */
  readonly extra?: Extra;
  /** Its part of what all sales add at the P50 peak, 0–100. */
  readonly sharePercent: number;
  /** The highest P95 from each step of `total` to the sale's end, in requests per second; empty without demand. */
  readonly rest: readonly number[];
  /** What holds for want of a forecast; absent when the forecast alone decides. */
  readonly recorded?: Recorded;
}

/** A number of replicas from before, and in words where it comes from. */
export interface Recorded {
  readonly replicas: number;
  readonly message: string;
}

/** `meeting` are all sales that count and meet this one on this target, itself included. */
export function saleNeed(input: {
  readonly occurrence: Occurrence;
  readonly meeting: readonly Occurrence[];
  readonly demand: TargetDemand;
  readonly target: string;
  readonly spec: ScalingTargetSpec;
}): SaleNeed {
  const { occurrence, meeting, demand, target, spec } = input;
  const total = totalDemand(demand, meeting);
  const extra = demand.extras.get(occurrence.salePlan);
  const asRecorded = isMissing(total) || occurrence.refusal !== undefined;
  return {
    occurrence,
    total,
    base: demand.base,
    others: meeting
      .filter(({ salePlan }) => salePlan !== occurrence.salePlan)
      .map(({ sale }) => sale)
      .sort(),
    ...(extra === undefined ? {} : { extra }),
    sharePercent: shareOf(
      total,
      extra,
      meeting.map(({ salePlan }) => demand.extras.get(salePlan)),
    ),
    rest: isMissing(total) ? [] : restOf(total),
    ...(asRecorded ? { recorded: recall(occurrence, target, spec) } : {}),
  };
}

/** Epoch ms at which the step with the highest P50 is over; undefined without a forecast. */
export function peakOver({ total }: SaleNeed): number | undefined {
  if (isMissing(total)) return undefined;
  return timeOf(total, highestStep(rowOf(total, medianLevel)) + 1);
}

function shareOf(total: Curve | Missing, own: Extra | undefined, all: readonly (Extra | undefined)[]): number {
  if (all.length === 1) return 100;
  if (isMissing(total) || own === undefined) return 0;
  const peakTime = timeOf(total, highestStep(rowOf(total, medianLevel)));
  const at = (extra: Extra | undefined) =>
    extra === undefined ? 0 : (rowOf(extra.curve, medianLevel)[stepAt(extra.curve, peakTime)] ?? 0);
  const sum = all.reduce((added, extra) => added + at(extra), 0);
  return sum > 0 ? Math.round((100 * at(own)) / sum) : 0;
}

/** Suffix maximum: what is still needed can only fall as the sale goes by. */
function restOf(total: Curve): readonly number[] {
  const row = rowOf(total, floorLevel);
  const rest = new Array<number>(total.steps).fill(0);
  let highest = 0;
  for (let step = rest.length - 1; step >= 0; step--) {
    highest = Math.max(highest, row[step] ?? 0);
    rest[step] = highest;
  }
  return rest;
}

/** The highest step of the SalePlan; without one, the baseline times the stated peak, said as such. */
function recall({ record, spec: sale }: Occurrence, target: string, spec: ScalingTargetSpec): Recorded {
  const { minReplicas } = spec.baseline;
  const planned = record?.status?.plan?.targets.find(({ target: name }) => name === target);
  if (record !== undefined && planned !== undefined) {
    const replicas = Math.max(minReplicas, ...planned.steps.map(step => step.minReplicas));
    return { replicas, message: `the highest step of SalePlan ${record.metadata.name}` };
  }
  if (sale.expectedPeakPercent === undefined) {
    return { replicas: minReplicas, message: 'the baseline, because the sale states no expectedPeakPercent' };
  }
  return {
    replicas: Math.ceil((minReplicas * sale.expectedPeakPercent) / 100),
    message: `baseline ${minReplicas} × the stated peak of ${sale.expectedPeakPercent} %`,
  };
}
