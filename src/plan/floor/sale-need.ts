import type { DataNote, HiddenPeak } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { capacityInUse } from '../../learn/capacity/capacity-in-use.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import { shareOfExtra } from '../demand/audience-groups.ts';
import { type Curve, highestStep, type Row, rowOf, timeOf } from '../demand/curve.ts';
import { type Extra, type TargetDemand, targetTotalDemand } from '../demand/fan-out.ts';
import { floorLevel, medianLevel } from '../demand/levels.ts';
import type { MinimumDemand } from '../demand/minimum-demand.ts';
import type { CorrectedCall } from '../demand/sale-calls.ts';
import { valueAt } from '../demand/sum-curves.ts';
import { zeroRow } from '../demand/zero-row.ts';
import { dailyPeakOver } from './demand-ahead.ts';
import { forecastPeak } from './guess/forecast-peak.ts';
import { begunGuess, type Recorded, recallReplicas } from './guess/recall-replicas.ts';

/** The need of one sale for one target. */
export interface SaleNeed {
  readonly occurrence: Occurrence;
  /** Demand over the sale, with all sales that overlap it. */
  readonly total: Curve | Missing;
  /** Demand over the sale without any sale. */
  readonly base: Curve | Missing;
  /** Names of the other sales in `total`, in order. */
  readonly others: readonly string[];
  /** The sale's own part of `total`. */
  readonly extra?: Extra | undefined;
  /** Its percentage of what all sales add at the P50 peak, 0–100. */
  readonly sharePercent: number;
  /** What its shortages and replicas cost, and the quantile level that follows; absent where the policy states none. */
  readonly cost?: TargetCost | undefined;
  /**
   * The highest demand at its quantile level from each step of `total` to the sale's end, or `aheadMs` ahead, in requests
   * per second; empty without demand.
   */
  readonly rest: Row;
  /** Milliseconds of demand ahead that the floor covers; absent when it covers the whole rest of the sale. */
  readonly aheadMs?: number;
  /** When all of it is due, epoch ms, where the target is raised in steps. */
  readonly fullAt?: number;
  /** The least demand that the sale asks capacity for; absent when it states none, or the base is unknown. */
  readonly minimum?: Minimum | undefined;
  /**
   * Replicas that replace a missing forecast or capacity, or the guess that the sale began with before the capacity was
   * learned; absent when the forecast alone decides.
   */
  readonly recorded?: Recorded | undefined;
  /** Present where the capacity of a replica is not known, so that demand has no number of replicas. */
  readonly isUnsized?: true | undefined;
  /**
   * Mean demand of each step, as it will be measured, beside the highest minutes in `total`; present where steps exceed
   * a minute.
   */
  readonly stepMeans?: Curve;
  /** The peak of the sale that the steps' means hide; absent when they hide nothing, or the callers' calls count. */
  readonly hiddenPeak?: HiddenPeak;
  /** What is left of the sale once it is sold out; absent while it is not, or demand is not known. */
  readonly soldOut?: SoldOut;
  /** Its callers whose calls count by another ratio than the declared one; absent where none does. */
  readonly calls?: readonly CorrectedCall[];
  /** Implausible values in the history; absent when none was found. */
  readonly notes?: readonly DataNote[];
}

/** What a sale that is sold out still needs of one target. */
export interface SoldOut {
  /** Epoch ms. */
  readonly since: number;
  /** Highest demand of the newest minutes, in requests per second: people try again after a sold-out page. */
  readonly demand: number;
}

/** The least demand of a sale for one target. */
export interface Minimum {
  /** `minPeakPercent` of the sale. */
  readonly percent: number;
  readonly curve: MinimumDemand;
  /** The highest value from each step of `curve` to the sale's end, in requests per second. */
  readonly rest: Row;
}

/** Computes the need of a sale for one target; `meeting` are the counted sales that overlap it there, itself too. */
export function saleNeed(input: {
  /** Epoch ms. */
  readonly now: number;
  readonly occurrence: Occurrence;
  readonly meeting: readonly Occurrence[];
  /** Lists all sales that reach the target, past ones too. */
  readonly reaching: () => readonly Occurrence[];
  readonly demand: TargetDemand;
  readonly minimum?: MinimumDemand | undefined;
  readonly observed: TargetObservation;
  readonly cost?: TargetCost | undefined;
}): SaleNeed {
  const { occurrence, meeting, demand, minimum, cost, observed, now } = input;
  const level = levelOf({ cost });
  const { minPeakPercent: percent } = occurrence.spec;
  const total = targetTotalDemand(demand, meeting);
  const extra = demand.extras.get(occurrence.salePlan);
  const { basis } = capacityInUse(observed.target, now);
  const isUnsized = basis === 'Unknown';
  // In a sale a field that cannot be read lowers nothing.
  const isUnread = occurrence.start <= now && (observed.leftOut ?? occurrence.leftOut) !== undefined;
  const isRefused = occurrence.refusal !== undefined || occurrence.gone !== undefined;
  const isRecalled = isUnsized || isMissing(total) || isRefused || isUnread;
  const recorded = isRecalled
    ? recallReplicas({ ...input, ...(isUnsized ? forecastPeak(total, demand.base, level) : {}) })
    : basis === 'Learned'
      ? begunGuess(input)
      : undefined;
  return {
    occurrence,
    total,
    base: demand.base,
    others: othersIn(meeting, occurrence),
    extra,
    sharePercent: shareOf(total, demand, { occurrence, meeting }),
    cost,
    rest: isMissing(total) ? [] : restOf(total, level),
    minimum:
      minimum === undefined || percent === undefined
        ? undefined
        : { percent, curve: minimum, rest: restOf(minimum, level) },
    recorded,
    isUnsized: isUnsized || undefined,
  };
}

function othersIn(meeting: readonly Occurrence[], { salePlan }: Occurrence): readonly string[] {
  if (meeting.length < 2) return [];
  return meeting
    .filter(other => other.salePlan !== salePlan)
    .map(({ sale }) => sale)
    .sort();
}

/** The quantile level (0–1) of a need. */
export function levelOf({ cost }: { readonly cost?: TargetCost | undefined }): number {
  return cost?.level ?? floorLevel;
}

/**
 * Epoch ms at which the step with the highest P50 ends, of the day around `now` where the floor is held daily; undefined
 * without a forecast.
 */
export function peakOver({ total, aheadMs }: SaleNeed, now: number): number | undefined {
  if (isMissing(total)) return undefined;
  if (aheadMs !== undefined) return dailyPeakOver(total, aheadMs, now);
  return timeOf(total, highestStep(rowOf(total, medianLevel)) + 1);
}

function shareOf(
  total: Curve | Missing,
  { extras }: TargetDemand,
  { occurrence, meeting }: { readonly occurrence: Occurrence; readonly meeting: readonly Occurrence[] },
): number {
  if (meeting.length === 1) return 100;
  if (isMissing(total)) return 0;
  const peakTime = timeOf(total, highestStep(rowOf(total, medianLevel)));
  const added = meeting.map(({ salePlan, spec }) => {
    const curve = extras.get(salePlan)?.curve;
    const value = curve === undefined ? 0 : valueAt(curve, medianLevel, peakTime);
    return { group: spec.audienceGroup, value };
  });
  const own = meeting.findIndex(({ salePlan }) => salePlan === occurrence.salePlan);
  return Math.round(100 * shareOfExtra(added, own));
}

/** The suffix maximum of a curve: the remaining need can only fall as the sale goes on. */
function restOf(total: Curve, level: number): Row {
  const row = rowOf(total, level);
  const rest = zeroRow(total.steps);
  let highest = 0;
  for (let step = rest.length - 1; step >= 0; step--) {
    highest = Math.max(highest, row[step] ?? 0);
    rest[step] = highest;
  }
  return rest;
}
