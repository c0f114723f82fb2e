import type { Series } from '../../forecasts/index.ts';
import { parseInstant } from '../api/instant.ts';
import { parseQuantity } from '../api/quantity.ts';
import type { TargetReview } from '../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import type { SaleOutlook } from '../plan/plan.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { readyOver } from './ready-over.ts';

/** The times when a sale is pre-scaled, begins and ends, epoch ms. */
export type SaleTimes = Pick<SaleOutlook, 'start' | 'end' | 'prescaleTime'>;

/**
 * Returns the seconds from prescaleTime until as many replicas were ready as the highest floor of the first five
 * minutes.
 */
export function timeToReady({ points }: TargetTimeline, { prescaleTime, start }: SaleTimes): Partial<TargetReview> {
  const raised = Math.max(0, ...points.filter(({ t }) => parseInstant(t) <= start).map(({ floor }) => floor));
  const first = points.find(({ floor, ready }) => floor >= raised && ready >= floor);
  return first === undefined ? {} : { secondsToReady: Math.max(0, (parseInstant(first.t) - prescaleTime) / 1000) };
}

/**
 * Compares the ready replicas of the record with what the measured demand needed, step by step; steps with a gap in
 * either do not count.
 */
export function judgeCapacity(
  outlook: SaleTimes,
  record: TargetTimeline,
  actual: Series | undefined,
  spec: ScalingTargetSpec,
): Pick<TargetReview, 'replicaHoursOver' | 'replicaHoursUnder' | 'minutesAtCeiling' | 'minutesShort'> {
  const capacity = parseQuantity(spec.capacityPerReplica);
  const sums = { replicaHoursOver: 0, replicaHoursUnder: 0, minutesAtCeiling: 0, minutesShort: 0 };
  if (actual === undefined) return sums;
  const minutes = actual.stepSeconds / 60;
  for (const { at, ready, demand } of readyOver(record, actual)) {
    const needed = Math.ceil(demand / capacity - 1e-9);
    const isSale = at >= outlook.start && at < outlook.end;
    sums.replicaHoursOver += (Math.max(0, ready - needed) * minutes) / 60;
    sums.replicaHoursUnder += (Math.max(0, needed - ready) * minutes) / 60;
    if (ready >= spec.ceiling) sums.minutesAtCeiling += minutes;
    if (isSale && ready < needed) sums.minutesShort += minutes;
  }
  return sums;
}
