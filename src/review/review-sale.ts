import type { Series } from '../../forecasts/index.ts';
import { formatInstant } from '../api/instant.ts';
import { ownValue } from '../api/names/own-value.ts';
import { parseQuantity } from '../api/quantity.ts';
import type { SalePlan, SalePlanReview, TargetReview } from '../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import type { TargetObservation } from '../observe/observation.ts';
import type { SaleOutlook } from '../plan/plan.ts';
import { minutesShortAlone } from './autoscaler-alone.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { judgeCapacity, type SaleTimes, timeToReady } from './judge-capacity.ts';
import { judgeForecast } from './judge-forecast.ts';
import { suggestPeak } from './suggest-peak.ts';

export interface ReviewInput {
  /** Epoch ms. */
  readonly now: number;
  readonly salePlan: SalePlan;
  readonly outlook: SaleTimes & Pick<SaleOutlook, 'entryPoints'>;
  /** The targets as they are now; a target that no longer exists is left out of the review. */
  readonly targets: readonly TargetObservation[];
  /** Measured demand from prescaleTime to the end, per target. */
  readonly actuals: Readonly<Record<string, Series | undefined>>;
  /** The demand at each entry point without the sale, over any of its steps; used for the suggested peak. */
  readonly bases?: Readonly<Record<string, Series | undefined>>;
}

/** Whether a sale can be reviewed: it is over, and its last minutes are either measured or too old to wait for. */
export function isReviewDue(
  { stage, end, targets }: SaleOutlook,
  observed: readonly TargetObservation[],
  now: number,
): boolean {
  if (stage !== 'Over') return false;
  const patienceMs = 15 * 60_000;
  return now >= end + patienceMs || targets.every(({ target }) => isMeasuredUntil(observed, target, end));
}

/**
 * Reviews a sale per target: its forecast and its capacity against the measured demand, and what pre-scaling gained
 * over the HPA alone.
 */
export function reviewSale(input: ReviewInput): SalePlanReview {
  const { now, salePlan, targets } = input;
  const timeline = salePlan.status?.timeline ?? [];
  const planned = salePlan.status?.plan?.targets.map(({ target }) => target) ?? [];
  const names = [...new Set([...planned, ...timeline.map(({ target }) => target)])].sort();
  const reviewed = names.flatMap((name): readonly TargetReview[] => {
    const observed = targets.find(({ target }) => target.metadata.name === name);
    const record = timeline.find(({ target }) => target === name) ?? { target: name, points: [] };
    return observed === undefined ? [] : [reviewTarget(input, observed, record)];
  });
  const { actuals, bases = {}, outlook } = input;
  const suggestedPeakPercent = suggestPeak({ actuals, bases, ...outlook });
  return {
    reviewedAt: formatInstant(now),
    targets: reviewed.slice(0, 100),
    ...(suggestedPeakPercent === undefined ? {} : { suggestedPeakPercent }),
  };
}

function reviewTarget(
  input: ReviewInput,
  { target, leadTime }: TargetObservation,
  record: TargetTimeline,
): TargetReview {
  const { outlook, actuals } = input;
  const { metadata, spec } = target;
  const actual = ownValue(actuals, metadata.name);
  return {
    target: metadata.name,
    ...judgeForecast(record, outlook, actual),
    ...timeToReady(record, outlook),
    ...judgeCapacity(outlook, record, actual, spec),
    minutesShortWithoutPrescale:
      actual === undefined
        ? 0
        : Math.round(minutesShortAlone({ demand: actual, ...aloneOf(spec), leadSeconds: leadTime.seconds })),
  };
}

/**
 * The inputs for the run of the HPA alone, which is assumed to keep replicas at the load that leaves the target's
 * headroom.
 */
function aloneOf({ baseline, capacityPerReplica, headroomPercent }: ScalingTargetSpec) {
  const capacity = parseQuantity(capacityPerReplica);
  return { ...baseline, capacity, targetLoad: capacity / (1 + headroomPercent / 100) };
}

function isMeasuredUntil(observed: readonly TargetObservation[], name: string, end: number): boolean {
  const demand = observed.find(({ target }) => target.metadata.name === name)?.demand;
  if (demand === undefined || 'missing' in demand) return false;
  const { start, stepSeconds, values } = demand.recent;
  return start + values.length * stepSeconds * 1000 >= end;
}
