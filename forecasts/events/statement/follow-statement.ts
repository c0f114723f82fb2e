import type { Decomposition } from '../../decomposition.ts';
import { addTimes } from '../../statistics/add-times.ts';
import { type Calm, demandPeak, type EventPeak, logRatioOf, peakAt, upliftFor, upliftPeak } from '../event-peak.ts';
import type { HistoricUplift, Uplift } from '../uplift.ts';
import { alongPeak, type MovableCurve, movePeak } from './move-peak.ts';
import { statedLogRatio } from './stated-log-ratio.ts';
import { type StatementWeight, weighStatement } from './weigh-statement.ts';

/** The uplift that past events alone give, and what is needed to compare their peaks with the stated ones. */
export interface StatementInput {
  readonly fitted: Decomposition;
  readonly history: HistoricUplift;
  /** Demand without the event: one per past uplift, then that of the event to forecast. */
  readonly calms: readonly Calm[];
  /** Number of properties that no past event had, the stated peak left out. */
  readonly unseen: number;
}

/**
 * Share (0–1) of a higher peak's move that the rest of the sale follows, without past events and with them. Less than
 * 1, because only the highest minute is stated.
 */
const restShareAlone = 0.55;
const restShareTaught = 0.75;
/** Share (0–1) of the variance between statement and history that is added to the variance of either. */
const disagreementShare = 0.1;
/** The same where past events had no statements and this one is higher, so that neither is proven. */
const untriedShare = 0.5;

/**
 * Moves the uplift's peak from the one forecast from past events towards the stated one, by how accurate each has been
 * and never beyond either; the errors become those of the moved forecast. Without past events the peak is the stated
 * one.
 */
export function followStatement(input: StatementInput): Uplift {
  const { fitted, history, calms } = input;
  const { clock, weights, unit } = history;
  const stated = statedLogRatio(clock.event, fitted.samples.stepMs);
  if (stated === undefined) return history;
  const calm = calms.at(-1) as Calm;
  const told = Float64Array.from(
    history.pastUplifts,
    ({ event }) => statedLogRatio(event, fitted.samples.stepMs) ?? Number.NaN,
  );
  const judged = judge(input, told);
  const { weight, bias, variance, blur } = judged;
  const peak = upliftPeak(fitted, clock, history.point, calm);
  const planned = between(peak.logRatio + weight * (stated - bias - peak.logRatio), peak.logRatio, stated);
  const lift = planned - peak.logRatio;
  const restShare = weights.length > 0 ? restShareTaught : restShareAlone;
  // blur concerns only the peak: the rest of the sale follows the lift without it; a lower peak lowers all of the sale
  const share = lift > 0 ? restShare * Math.min(1, Math.max(0, 1 - (weight * blur) / lift)) : 1;
  const movable = { fitted, clock, curve: history.point, calm, peakOf: upliftPeak, restShare: share };
  const point =
    weights.length > 0
      ? keepBetween({ ...movable, curve: movePeak(movable, planned) }, history.point, stated)
      : movePeak({ ...movable, peakOf: demandPeak }, stated);
  const along = alongPeak(movable, peak.knot);
  const untold = shareUntold(told, weights);
  const squared = weight * (1 - weight) * (stated - peak.logRatio) ** 2;
  const doubt = lift > 0 ? Math.max(disagreementShare, untriedShare * untold) : disagreementShare;
  const varianceOf = (value: number) => along.map(part => (part * unit) ** 2 * value);
  return {
    ...history,
    point,
    errors: movedErrors(input, { told, along, ...judged }),
    statement: {
      weight,
      moved: point.map((value, i) => value - (history.point[i] as number)),
      untold: varianceOf(untold * weight ** 2 * variance),
      disagreement: varianceOf(doubt * squared),
    },
  };
}

/**
 * Corrects the curve where its highest minute is not between that of history and the stated one, but never moves it
 * across history: after a lower statement another minute may become the highest.
 */
function keepBetween(moved: MovableCurve, history: Float64Array, stated: number): Float64Array {
  const { fitted, clock, curve, calm } = moved;
  const before = demandPeak(fitted, clock, history, calm);
  const after = demandPeak(fitted, clock, curve, calm);
  const there = logRatioOf(fitted, history[after.knot] as number, calm(after.knot));
  const target = between(after.logRatio, before.logRatio, stated);
  const kept = stated < before.logRatio ? Math.min(target, there) : Math.max(target, there);
  return movePeak({ ...moved, peakOf: demandPeak }, kept);
}

/** Clamps the value between two bounds given in any order. */
function between(value: number, one: number, other: number): number {
  return Math.min(Math.max(one, other), Math.max(Math.min(one, other), value));
}

/** Weighs the statement by the peaks of the past events, the peaks forecast for them, and the stated ones (`told`). */
function judge({ fitted, history, calms, unseen }: StatementInput, told: Float64Array): StatementWeight {
  const { peaks, weights, recency } = history;
  const logRatioAt = (k: number) => (peaks[k] as EventPeak).logRatio;
  const historyErrors = Float64Array.from(
    history.forecastPeaks,
    ({ knot, uplift }, k) => logRatioAt(k) - peakAt(fitted, knot, { uplift, calm: calms[k] as Calm }).logRatio,
  );
  const statementErrors = told.map((value, k) => value - logRatioAt(k));
  return weighStatement({ historyErrors, statementErrors, weights, recency, unseen });
}

/**
 * Errors of past events forecast in the same way: at the peak, shares of history's error and of the statement's. Moves
 * history's errors in place: they are fresh, and the largest part of a forecast's memory.
 */
function movedErrors(
  { fitted, history, calms }: StatementInput,
  { told, along, weight, bias }: StatementWeight & { readonly told: Float64Array; readonly along: Float64Array },
): readonly Float64Array[] {
  const { errors, peaks, pastUplifts, levels } = history;
  return errors.map((error, k) => {
    const { knot } = peaks[k] as EventPeak;
    const said = told[k] as number;
    const statementError = Number.isNaN(said)
      ? 0
      : (pastUplifts[k]?.curve[knot] as number) -
        (levels[k] as number) -
        upliftFor(fitted, said - bias, (calms[k] as Calm)(knot));
    const change = weight * (statementError - (error[knot] as number));
    addTimes(error, change, along);
    return error;
  });
}

/** Share (0–1) of the past events' weight that had no statement. */
function shareUntold(told: Float64Array, weights: Float64Array): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const untold = weights.reduce((sum, weight, k) => (Number.isNaN(told[k]) ? sum + weight : sum), 0);
  return all > 0 ? untold / all : 0;
}
