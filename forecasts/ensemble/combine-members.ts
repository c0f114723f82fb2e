import type { Event } from '../event.ts';
import { designFor, type EnsembleDesign } from './ensemble-members.ts';
import type { PointForecaster, PointModel } from './point-model.ts';
import { type RegularHistory, regularHistory } from './regular-history.ts';
import { weighMembers } from './weigh-members.ts';

/** What the members were found to be worth, and their common forecast. */
export interface Combination {
  /** Raw values, clipped. `scaled` is the history's grid, now possibly longer; reads nothing at or after `origin`. */
  readonly follow: (scaled: Float64Array) => PointForecaster;
  /** The members that count a day ahead, weightiest first; the weights sum to 1. */
  readonly shares: readonly Share[];
  /** Mean absolute error ÷ that of level × profile, on the model's scale over inner origins: in the first hour, and in all. */
  readonly nearGain: number;
  readonly farGain: number;
}

export interface Share {
  readonly name: string;
  readonly weight: number;
}

const leastDays = 2;
const leastWeight = 1e-3;

/** Judges every member on inner origins, then fits those that count on all of the history; undefined where it is too short. */
export function combineMembers(history: RegularHistory, events: readonly Event[]): Combination | undefined {
  const design = designFor(history.stepsPerDay);
  if (design === undefined) return undefined;
  const perHour = history.stepsPerDay / 24;
  const steps = Math.round(design.hours * perHour);
  const origins = Array.from(
    { length: design.origins },
    (_, k) => history.scaled.length - steps - Math.round(k * design.spacingHours * perHour),
  );
  const first = origins.at(-1) ?? 0;
  if (first < leastDays * history.stepsPerDay) return undefined;
  const trial = tryMembers(history, { design, origins, first, steps, events });
  const { trials, actuals } = trial;
  const { recency, sharpness } = design;
  const nearSteps = perHour === 1 ? steps : Math.round(perHour);
  const far = weighMembers(trials, { actuals, steps, recency, sharpness });
  const near = nearSteps === steps ? far : weighMembers(trials, { actuals, steps: nearSteps, recency, sharpness });
  const weights: Weights = { near, far, nearSteps };
  const gain = (from: number, to: number) => gainOver(trial, history, { weights, from, to, yardstick: design.naives });
  return {
    follow: combinedFits(history, design.members, weights),
    shares: design.members
      .map(({ name }, m) => ({ name, weight: far[m] as number }))
      .filter(({ weight }) => weight > leastWeight)
      .sort((a, b) => b.weight - a.weight),
    nearGain: gain(0, nearSteps),
    farGain: gain(0, steps),
  };
}

interface Weights {
  readonly near: Float64Array;
  readonly far: Float64Array;
  readonly nearSteps: number;
}

interface Trials {
  readonly trials: readonly { readonly isNaive: boolean; readonly forecasts: readonly Float64Array[] }[];
  readonly actuals: readonly Float64Array[];
}

/** Raw forecasts of every member from every inner origin, fitted on what lies before the first of them. */
function tryMembers(
  history: RegularHistory,
  ask: {
    readonly design: EnsembleDesign;
    readonly origins: readonly number[];
    readonly first: number;
    readonly steps: number;
    readonly events: readonly Event[];
  },
): Trials {
  const { design, origins, first, steps, events } = ask;
  const { samples } = history.decomposition;
  const before = regularHistory({ ...samples, values: samples.values.subarray(0, first) }, events);
  const raw = history.scaled.map(history.scale.from);
  const scaled = raw.map(before.scale.to);
  const clip = clipOf(history);
  const trials = design.members.map((model, m) => {
    const forecast = model.fit(before)?.(scaled);
    const forecasts = origins.map(origin =>
      forecast === undefined
        ? new Float64Array(steps).fill(Number.NaN)
        : forecast(origin, steps).map(value => clip(before.scale.from(value))),
    );
    return { isNaive: m < design.naives, forecasts };
  });
  return { trials, actuals: origins.map(origin => raw.subarray(origin, origin + steps)) };
}

function combinedFits(history: RegularHistory, members: readonly PointModel[], weights: Weights) {
  const fits = members.map(({ fit }, m) =>
    Math.max(weights.near[m] as number, weights.far[m] as number) > leastWeight ? fit(history) : undefined,
  );
  const clip = clipOf(history);
  return (scaled: Float64Array): PointForecaster => {
    const forecasters = fits.map(fit => fit?.(scaled));
    return (origin, steps) => {
      const forecasts = forecasters.map(forecast =>
        forecast?.(origin, steps).map(value => clip(history.scale.from(value))),
      );
      return combine(forecasts, weights, steps);
    };
  };
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

function gainOver(
  { trials, actuals }: Trials,
  { scale }: RegularHistory,
  ask: { readonly weights: Weights; readonly from: number; readonly to: number; readonly yardstick: number },
): number {
  const { weights, from, to, yardstick } = ask;
  let own = 0;
  let other = 0;
  actuals.forEach((actual, k) => {
    const forecasts = trials.map(({ forecasts }, m) =>
      (weights.near[m] as number) + (weights.far[m] as number) > 0 ? forecasts[k] : undefined,
    );
    const combined = combine(forecasts, weights, to);
    const yard = trials[yardstick]?.forecasts[k] ?? combined;
    for (let i = from; i < to; i++) {
      const truth = scale.to(actual[i] as number);
      own += Math.abs(scale.to(combined[i] as number) - truth);
      other += Math.abs(scale.to(yard[i] as number) - truth);
    }
  });
  const gain = own / other;
  return Number.isFinite(gain) ? Math.min(mostGain, Math.max(leastGain, gain)) : 1;
}

const leastGain = 0.2;
const mostGain = 1.5;

function clipOf({ scale }: RegularHistory): (value: number) => number {
  return value => Math.min(scale.highest, Math.max(scale.lowest, value));
}
