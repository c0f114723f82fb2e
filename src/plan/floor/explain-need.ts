import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { type Curve, highestStep, rowOf, timeOf } from '../demand/curve.ts';
import { floorLevel } from '../demand/levels.ts';
import { replicasFor, sizingOf } from './replicas-for.ts';
import type { SaleNeed } from './sale-need.ts';

/** Why a sale needs what it needs over its whole length: by the forecast, by the record, or by both. */
export function explainNeed(need: SaleNeed, spec: ScalingTargetSpec): readonly ReasonStep[] {
  const { total, occurrence } = need;
  const forecast = isMissing(total) ? [] : explainPeak({ curve: total, from: 0, spec, whose: occurrence.sale });
  return [...explainExtra(need), ...forecast, ...explainRecord(need)];
}

/** Where a target's own model of the sale and its callers' calls disagree: which counts, and by how much. */
export function explainExtra({ extra, occurrence }: SaleNeed): readonly ReasonStep[] {
  if (extra?.peaks === undefined) return [];
  const { own, callers } = extra.peaks;
  const [ownText, callersText] = [own, callers].map(formatQuantity);
  return [
    {
      rule: 'fanOut',
      value: Math.abs(own - callers),
      unit: 'requests/s',
      message: `${occurrence.sale} adds ${ownText} requests/s by its own past sales and ${callersText} by its callers: the larger counts`,
    },
  ];
}

/** What stands in for a forecast, in words; empty when the forecast decides. */
export function explainRecord({ occurrence, recorded, total }: SaleNeed): readonly ReasonStep[] {
  if (recorded === undefined) return [];
  const { replicas, message } = recorded;
  const doubt = isMissing(total) ? `No demand (${total.missing})` : `${occurrence.sale} is refused as it stands now`;
  return [{ rule: 'record', value: replicas, unit: 'replicas', message: `${doubt}: ${replicas} replicas, ${message}` }];
}

/** From forecast to replicas in three steps: the highest P95 from step `from` to `to` (exclusive), its headroom, its replicas. */
export function explainPeak(input: {
  readonly curve: Curve;
  readonly from: number;
  /** @default the end of the curve */
  readonly to?: number;
  readonly spec: ScalingTargetSpec;
  /** Whose demand it is, in words. */
  readonly whose: string;
}): readonly ReasonStep[] {
  const { curve, from, to = curve.steps, spec, whose } = input;
  const row = rowOf(curve, floorLevel);
  const step = highestStep(row, from, to);
  const demand = row[step] ?? 0;
  const sizing = sizingOf(spec);
  const withHeadroom = demand * sizing.headroomRatio;
  const replicas = replicasFor(demand, sizing);
  return [
    {
      rule: 'forecast',
      value: demand,
      unit: 'requests/s',
      message: `P95 of the demand of ${whose} at its highest, ${formatInstant(timeOf(curve, step))}: ${formatQuantity(demand)} requests/s`,
    },
    {
      rule: 'headroom',
      value: withHeadroom,
      unit: 'requests/s',
      message: `+ ${spec.headroomPercent} % headroom: ${formatQuantity(withHeadroom)} requests/s`,
    },
    {
      rule: 'replicas',
      value: replicas,
      unit: 'replicas',
      message: `÷ ${formatQuantity(sizing.capacity)} requests/s a replica: ${replicas} replicas`,
    },
  ];
}
