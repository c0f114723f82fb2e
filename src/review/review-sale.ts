import type { Series } from '../../forecasts/index.ts';
import { formatInstant } from '../api/instant.ts';
import type { SalePlanReview, TargetReview } from '../api/learned/sale-review.ts';
import { ownValue } from '../api/names/own-value.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { capacityInUse } from '../learn/capacity/capacity-in-use.ts';
import type { TargetObservation } from '../observe/observation.ts';
import type { TargetCost } from '../plan/cost/target-costs.ts';
import type { SaleOutlook } from '../plan/plan.ts';
import { autoscalerAlone } from './autoscaler-alone.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { judgeCapacity, type SaleTimes, timeToReady } from './judge-capacity.ts';
import { judgeForecast } from './judge-forecast.ts';
import { judgeMoney } from './judge-money.ts';
import { measuredCalls } from './measured-calls.ts';
import { describeSuggestion, suggestPeak } from './suggest-peak.ts';
import { wellServed } from './well-served.ts';
import { whatWasLearned } from './what-was-learned.ts';

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
  /** What replicas and shortages of each target cost now, by its name. @default nothing is stated */
  readonly costs?: ReadonlyMap<string, TargetCost>;
}

/**
 * Reviews a sale per target: its forecast and its capacity against the measured demand, in replicas and in money, what
 * the HPA alone would have done, and what it teaches.
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
  const suggested = suggestPeak({ actuals, bases, ...outlook });
  const [cost] = input.costs?.values() ?? [];
  return {
    reviewedAt: formatInstant(now),
    targets: reviewed.slice(0, 100),
    ...(cost === undefined ? {} : { currency: cost.currency }),
    ...(suggested === undefined
      ? {}
      : {
          suggestedPeakPercent: suggested.percent,
          suggestion: describeSuggestion(suggested, salePlan.spec.sale.spec.expectedPeakPercent),
        }),
  };
}

/** Most callers of a target that a review keeps. */
const mostCallers = 64;

function reviewTarget(
  input: ReviewInput,
  { target, leadTime }: TargetObservation,
  record: TargetTimeline,
): TargetReview {
  const { outlook, actuals, salePlan, costs, now } = input;
  const { metadata, spec } = target;
  const actual = ownValue(actuals, metadata.name);
  const inUse = capacityInUse(target, now);
  const { highestRate, requestsShort, ...capacity } = judgeCapacity(outlook, record, actual, {
    capacity: inUse.perReplica,
    ceiling: spec.ceiling,
  });
  const alone =
    actual === undefined || inUse.perReplica === undefined
      ? { minutesShort: 0, requestsShort: 0 }
      : autoscalerAlone({ demand: actual, ...aloneOf(spec, inUse.perReplica), leadSeconds: leadTime.seconds });
  const ready = timeToReady(record, outlook);
  const planned = salePlan.status?.plan?.targets.find(one => one.target === metadata.name);
  const boundBy = planned?.boundBy ?? (capacity.minutesAtCeiling > 0 ? 'Ceiling' : undefined);
  const served = actual === undefined ? undefined : wellServed(record, actual, inUse.perReplica);
  const called = { ...input, actuals: { ...actuals, [metadata.name]: served } };
  const calls = measuredCalls(target, called).slice(0, mostCallers);
  const learned = whatWasLearned({
    target,
    review: ready,
    highestRate,
    inUse,
    calls,
  });
  return {
    target: metadata.name,
    ...judgeForecast(record, outlook, actual),
    ...ready,
    ...capacity,
    ...(boundBy === undefined ? {} : { boundBy }),
    minutesShortWithoutPrescale: Math.round(alone.minutesShort),
    ...('replicaHours' in alone ? { replicaHoursWithoutPrescale: alone.replicaHours } : {}),
    ...judgeMoney({ ...capacity, requestsShort, requestsShortAlone: alone.requestsShort }, costs?.get(metadata.name)),
    ...(calls.length === 0
      ? {}
      : {
          calls: calls.map(({ caller, perThousandRequests }) => ({
            caller,
            perThousandRequests: Number(perThousandRequests.toPrecision(3)),
          })),
        }),
    ...(learned.length === 0 ? {} : { learned: [...learned] }),
  };
}

/**
 * The inputs for the run of the HPA alone, which is assumed to keep replicas at the load that leaves the target's
 * headroom.
 */
function aloneOf({ baseline, headroomPercent }: ScalingTargetSpec, capacity: number) {
  return { ...baseline, capacity, targetLoad: capacity / (1 + headroomPercent / 100) };
}
