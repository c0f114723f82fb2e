import type { MemberShare } from '../explanation.ts';
import { designFor, type EnsembleDesign, type Judging } from './ensemble-members.ts';
import type { PointForecaster, PointModel } from './point-model.ts';
import { type RegularHistory, splitHistory } from './regular-history.ts';
import { type Trial, weighMembers } from './weigh-members.ts';

/** What the members were found to be worth, and their common forecast. */
export interface Combination {
  /** Raw values, clipped. `scaled` is the history's grid, now possibly longer; reads nothing at or after `origin`. */
  readonly follow: (scaled: Float64Array) => PointForecaster;
  /** The members that count a day ahead, weightiest first; the weights sum to 1. */
  readonly shares: readonly MemberShare[];
  /** What came less the common forecast, on the model's scale, one array an inner origin: a day or two ahead, and the first hour. */
  readonly farErrors: readonly Float64Array[];
  readonly nearErrors: readonly Float64Array[];
}

const leastDays = 2;
const leastWeight = 1e-3;

/** Judges every member on inner origins, then fits those that count on all of the history; undefined where it is too short. */
export function combineMembers(history: RegularHistory): Combination | undefined {
  const design = designFor(history.stepsPerDay);
  if (design === undefined) return undefined;
  const far = originsOf(history, design.far);
  const first = far.origins.at(-1) ?? 0;
  const least = leastDays * history.stepsPerDay;
  if (first < least) return undefined;
  const weekAgo = Math.round(history.scaled.length - 7 * history.stepsPerDay);
  const looksBack = design.far.alsoWeekAgo && weekAgo >= least && weekAgo < first;
  const { whole, beginnings } = splitHistory(history, looksBack ? [first, weekAgo] : [first]);
  const [recent = [], before] = beginnings.map(beginning => fitBefore(whole, beginning, design));
  const recentTrials = tryMembers(history, recent, far);
  const farTrials = before
    ? joinTrials(recentTrials, tryMembers(history, before, { ...far, origins: [weekAgo] }))
    : recentTrials;
  const farWeights = weighMembers(farTrials.trials, { ...far, ...design.far, actuals: farTrials.actuals });
  const near = design.near ? originsOf(history, design.near) : far;
  const nearTrials = design.near ? tryMembers(history, recent, near) : farTrials;
  const nearWeights = design.near
    ? weighMembers(nearTrials.trials, { ...near, ...design.near, actuals: nearTrials.actuals })
    : farWeights;
  const weights: Weights = { near: nearWeights, far: farWeights, nearSteps: near.steps };
  return {
    follow: combinedFits(whole, design.members, weights),
    shares: sharesOf(design.members, farWeights),
    farErrors: errorsOf(history, farTrials, weights, far.steps),
    nearErrors: errorsOf(history, nearTrials, weights, near.steps),
  };
}

interface Weights {
  readonly near: Float64Array;
  readonly far: Float64Array;
  readonly nearSteps: number;
}

interface Origins {
  /** Newest first. */
  readonly origins: readonly number[];
  readonly steps: number;
}

interface Trials {
  readonly trials: readonly Trial[];
  readonly actuals: readonly Float64Array[];
}

interface TrialFit {
  readonly isNaive: boolean;
  /** Raw values, clipped; undefined where the member could not be fitted. */
  readonly forecast: PointForecaster | undefined;
}

function originsOf({ scaled, stepsPerDay }: RegularHistory, judging: Judging): Origins {
  const perHour = stepsPerDay / 24;
  const steps = Math.max(1, Math.round(judging.hours * perHour));
  const spacing = judging.spacingHours * perHour;
  const origins = Array.from({ length: judging.origins }, (_, k) => scaled.length - steps - Math.round(k * spacing));
  return { origins, steps };
}

/** Every member, fitted on a beginning of the history alone, to be followed through all of it. */
function fitBefore(
  whole: RegularHistory,
  beginning: RegularHistory,
  { members, naives }: EnsembleDesign,
): readonly TrialFit[] {
  const clip = clipOf(whole);
  return members.map((model, m) => {
    const follow = model.fit(beginning)?.(whole.scaled);
    const forecast =
      follow && ((origin: number, steps: number) => follow(origin, steps).map(v => clip(whole.scale.from(v))));
    return { isNaive: m < naives, forecast };
  });
}

function tryMembers(history: RegularHistory, fits: readonly TrialFit[], { origins, steps }: Origins): Trials {
  return {
    trials: fits.map(({ isNaive, forecast }) => ({
      isNaive,
      forecasts: origins.map(origin => forecast?.(origin, steps)),
    })),
    actuals: origins.map(origin => history.scaled.subarray(origin, origin + steps).map(history.scale.from)),
  };
}

function joinTrials(recent: Trials, older: Trials): Trials {
  return {
    trials: recent.trials.map((trial, m) => ({
      ...trial,
      forecasts: [...trial.forecasts, ...(older.trials[m]?.forecasts ?? [])],
    })),
    actuals: [...recent.actuals, ...older.actuals],
  };
}

function combinedFits(history: RegularHistory, members: readonly PointModel[], weights: Weights) {
  const fits = members.map(({ fit }, m) => (counts(weights, m) ? fit(history) : undefined));
  const clip = clipOf(history);
  return (scaled: Float64Array): PointForecaster => {
    const forecasters = fits.map(fit => fit?.(scaled));
    return (origin, steps) => {
      const forecasts = forecasters.map(follow =>
        follow?.(origin, steps).map(value => clip(history.scale.from(value))),
      );
      return combine(forecasts, weights, steps);
    };
  };
}

function counts({ near, far }: Weights, m: number): boolean {
  return Math.max(near[m] as number, far[m] as number) > leastWeight;
}

/** The weights of the first hour fade to those of the whole horizon within the two hours after it. */
function combine(forecasts: readonly (Float64Array | undefined)[], weights: Weights, steps: number): Float64Array {
  const { near, far, nearSteps } = weights;
  const combined = new Float64Array(steps);
  const total = new Float64Array(steps);
  forecasts.forEach((forecast, m) => {
    if (forecast === undefined) return;
    for (let i = 0; i < steps; i++) {
      const share = Math.min(1, Math.max(0, (i + 1 - nearSteps) / (2 * nearSteps)));
      const weight = (near[m] as number) * (1 - share) + (far[m] as number) * share;
      combined[i] = (combined[i] as number) + weight * (forecast[i] as number);
      total[i] = (total[i] as number) + weight;
    }
  });
  return combined.map((value, i) => value / (total[i] as number));
}

function sharesOf(members: readonly PointModel[], weights: Float64Array): readonly MemberShare[] {
  return members
    .map(({ name }, m) => ({ name, weight: weights[m] as number }))
    .filter(({ weight }) => weight > leastWeight)
    .sort((a, b) => b.weight - a.weight);
}

/** Without the origins at which none of the members that count could be fitted. */
function errorsOf({ scale }: RegularHistory, { trials, actuals }: Trials, weights: Weights, steps: number) {
  return actuals.flatMap((actual, k) => {
    const forecasts = trials.map(({ forecasts }, m) => (counts(weights, m) ? forecasts[k] : undefined));
    if (forecasts.every(forecast => forecast === undefined)) return [];
    const combined = combine(forecasts, weights, steps);
    return [actual.map((value, i) => scale.to(value) - scale.to(combined[i] as number))];
  });
}

function clipOf({ scale }: RegularHistory): (value: number) => number {
  return value => Math.min(scale.highest, Math.max(scale.lowest, value));
}
