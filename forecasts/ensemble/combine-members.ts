import type { MemberShare } from '../explanation.ts';
import { commonForecast, type Weights, weighBoth } from './common-forecast.ts';
import { designFor, type EnsembleDesign } from './ensemble-members.ts';
import type { PointForecaster } from './point-model.ts';
import type { RegularHistory } from './regular-history.ts';
import { rawForecaster, type Trials, tryMembers } from './try-members.ts';

/** What the members were found to be worth, and their common forecast. */
export interface Combination {
  /** Raw values, clipped. `scaled` is the history's grid, now possibly longer; reads nothing at or after `origin`. */
  readonly follow: (scaled: Float64Array) => PointForecaster;
  /** How much each member counts a day ahead, weightiest first; they sum to 1. In the median every voice counts alike. */
  readonly shares: readonly MemberShare[];
  /** What came less the common forecast, on the model's scale, one array an inner origin: a day or two ahead, and the first hour. */
  readonly farErrors: readonly Float64Array[];
  readonly nearErrors: readonly Float64Array[];
}

const leastDays = 2;
const leastWeight = 1e-3;

/**
 * Fits every member, judges them on inner origins where the history is long enough for any, and combines them: see
 * `commonForecast`. Undefined below two days of history and on grids without a design.
 */
export function combineMembers(history: RegularHistory): Combination | undefined {
  const design = designFor(history.stepsPerDay);
  if (design === undefined || history.scaled.length < leastDays * history.stepsPerDay) return undefined;
  const { whole, tried } = tryMembers(history, design);
  const weights = tried && weighBoth(tried, design);
  const fits = design.voices.flat().map(({ fit }) => fit(whole));
  return {
    follow: scaled => {
      const forecasters = fits.map(fit => fit && rawForecaster(whole, fit(scaled)));
      return (origin, steps) =>
        commonForecast(
          forecasters.map(forecast => forecast?.(origin, steps)),
          design,
          weights,
          steps,
        );
    },
    shares: sharesOf(design, fits.map(Boolean), weights?.far),
    farErrors: tried ? errorsOf(history, tried.far, design, weights) : [],
    nearErrors: tried ? errorsOf(history, tried.near, design, weights) : [],
  };
}

function sharesOf(
  { voices, far }: EnsembleDesign,
  isFitted: readonly boolean[],
  weights: Float64Array | undefined,
): readonly MemberShare[] {
  let next = 0;
  const fitted = voices.map(voice => voice.map(({ name }) => ({ name, m: next++ })).filter(({ m }) => isFitted[m]));
  const heard = fitted.filter(voice => voice.length > 0);
  const trust = weights === undefined ? 0 : far.trust;
  return heard
    .flatMap(voice =>
      voice.map(({ name, m }) => ({
        name,
        weight: (1 - trust) / heard.length / voice.length + trust * (weights?.[m] ?? 0),
      })),
    )
    .filter(({ weight }) => weight > leastWeight)
    .sort((a, b) => b.weight - a.weight);
}

/** Without the origins at which no member could be fitted. */
function errorsOf(
  { scale }: RegularHistory,
  { trials, actuals, steps }: Trials,
  design: EnsembleDesign,
  weights: Weights | undefined,
): readonly Float64Array[] {
  return actuals.flatMap((actual, k) => {
    const forecasts = trials.map(trial => trial.forecasts[k]);
    if (forecasts.every(forecast => forecast === undefined)) return [];
    const combined = commonForecast(forecasts, design, weights, steps);
    return [actual.map((value, i) => scale.to(value) - scale.to(combined[i] as number))];
  });
}
