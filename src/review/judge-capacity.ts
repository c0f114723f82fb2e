import type { Series } from '../../forecasts/index.ts';
import { parseInstant } from '../api/instant.ts';
import type { TargetReview } from '../api/learned/sale-review.ts';
import type { SaleOutlook } from '../plan/plan.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { readyOver } from './ready-over.ts';

/** The times when a sale is pre-scaled, begins and ends, epoch ms. */
export type SaleTimes = Pick<SaleOutlook, 'start' | 'end' | 'prescaleTime'>;

/**
 * Returns the seconds from prescaleTime until as many replicas were ready as the highest floor of the first five
 * minutes, and by how much that was after the start.
 */
export function timeToReady({ points }: TargetTimeline, { prescaleTime, start }: SaleTimes): Partial<TargetReview> {
  const raised = Math.max(0, ...points.filter(({ t }) => parseInstant(t) <= start).map(({ floor }) => floor));
  const first = points.find(({ floor, ready }) => floor >= raised && ready >= floor);
  if (first === undefined) return {};
  const at = parseInstant(first.t);
  return {
    secondsToReady: Math.max(0, (at - prescaleTime) / 1000),
    secondsLate: Math.max(0, (at - start) / 1000),
  };
}

/** What ready replicas did for the measured demand, from prescaleTime to the end. */
export type CapacityReview = Pick<
  TargetReview,
  'replicaHoursOver' | 'replicaHoursUnder' | 'minutesAtCeiling' | 'minutesShort'
> & {
  /** Ready replicas × hours, over the measured steps. */
  readonly replicaHours: number;
  /** Requests above what the ready replicas serve within their objective. */
  readonly requestsShort: number;
  /** The highest rate per ready replica, in requests per second, while enough of them were ready. */
  readonly highestRate: number;
};

/**
 * Compares the ready replicas of the record with what the measured demand needed, step by step; steps with a gap in
 * either do not count.
 */
export function judgeCapacity(
  outlook: SaleTimes,
  record: TargetTimeline,
  actual: Series | undefined,
  /** Requests per second that a ready replica serves; what was needed is not judged where nobody knows it. */
  { capacity, ceiling }: { readonly capacity: number | undefined; readonly ceiling: number },
): CapacityReview {
  const sums = {
    replicaHoursOver: 0,
    replicaHoursUnder: 0,
    minutesAtCeiling: 0,
    minutesShort: 0,
    replicaHours: 0,
    requestsShort: 0,
    highestRate: 0,
  };
  if (actual === undefined) return sums;
  const minutes = actual.stepSeconds / 60;
  for (const { at, ready, demand } of readyOver(record, actual)) {
    const needed = capacity === undefined ? ready : Math.ceil(demand / capacity - 1e-9);
    const isSale = at >= outlook.start && at < outlook.end;
    sums.replicaHours += (ready * minutes) / 60;
    sums.replicaHoursOver += (Math.max(0, ready - needed) * minutes) / 60;
    sums.replicaHoursUnder += (Math.max(0, needed - ready) * minutes) / 60;
    const short = capacity === undefined ? 0 : Math.max(0, demand - ready * capacity);
    sums.requestsShort += short * actual.stepSeconds;
    if (ready >= ceiling) sums.minutesAtCeiling += minutes;
    if (isSale && ready < needed) sums.minutesShort += minutes;
    if (ready > 0 && ready >= needed) sums.highestRate = Math.max(sums.highestRate, demand / ready);
  }
  return sums;
}
