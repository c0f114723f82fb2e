import type { MemberShare } from '../../member-share.ts';
import type { EnsembleDesign } from '../members/ensemble-members.ts';
import type { PointForecaster } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';
import { commonForecast, weighBoth } from './common-forecast.ts';
import { rawForecaster, type Trials, tryMembers } from './try-members.ts';
import type { Trial } from './weigh-members.ts';

/** What the members were found to be worth, and their common forecast. */
export interface Combination {
  /** Raw values, clipped. `scaled` is the history's grid, now possibly longer; reads nothing at or after `origin`. */
  readonly follow: (scaled: Float64Array) => PointForecaster;
  /** How much each member counts a day ahead, weightiest first; they sum to 1. In the median every voice counts alike. */
  readonly shares: readonly MemberShare[];
  /** What came less the common forecast, on the model's scale, one array an inner origin: a day or two ahead. */
  readonly farErrors: readonly Float64Array[];
  /** The same of the first hour from every hour of the last days, newest first, NaN where nothing was measured. */
  readonly firstHourErrors?: readonly Float64Array[];
}

const leastDays = 2;
const leastWeight = 1e-3;

/**
 * Fits every member, judges them on inner origins where the history is long enough for any, and combines them: see
 * `commonForecast`. Undefined below two days of history, on grids without a design, and where no member can be fitted.
 */
export function combineMembers(history: RegularHistory, design: EnsembleDesign | undefined): Combination | undefined {
  if (design === undefined || history.scaled.length < leastDays * history.stepsPerDay) return undefined;
  const { whole, tried } = tryMembers(history, design);
  const weights = tried && weighBoth(tried, design);
  const common = (forecasts: Trial['forecasts'], steps: number) => commonForecast(forecasts, design, weights, steps);
  const scaledCommon = (forecasts: Trial['forecasts'], steps: number) => common(forecasts, steps).map(history.scale.to);
  const fits = design.memberGroups.flat().map(({ fit }) => fit(whole));
  if (!fits.some(Boolean)) return undefined;
  return {
    follow: scaled => {
      const forecasters = fits.map(fit => fit && rawForecaster(whole, fit(scaled)));
      return (origin, steps) =>
        common(
          forecasters.map(forecast => forecast?.(origin, steps)),
          steps,
        );
    },
    shares: sharesOf(design, fits.map(Boolean), weights?.far),
    farErrors: tried ? errorsOf(step => history.scaled[step] as number, tried.far, scaledCommon) : [],
    ...(tried?.near ? { firstHourErrors: errorsOf(measuredOf(history), tried.near, scaledCommon) } : {}),
  };
}

function sharesOf(
  { memberGroups: voices, far }: EnsembleDesign,
  isFitted: readonly boolean[],
  weights: Float64Array | undefined,
): readonly MemberShare[] {
  let next = 0;
  const fitted = voices.map(voice => voice.map(({ name }) => ({ name, m: next++ })).filter(({ m }) => isFitted[m]));
  const heard = fitted.filter(voice => voice.length > 0);
  const trust = weights === undefined ? 0 : far.meanWeight;
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

/** Without the origins at which no member could be fitted. `came`: what came at a step, on the model's scale. */
function errorsOf(
  came: (step: number) => number,
  { trials, origins, steps }: Trials,
  common: (forecasts: Trial['forecasts'], steps: number) => Float64Array,
): readonly Float64Array[] {
  return origins.flatMap((origin, k) => {
    const forecasts = trials.map(trial => trial.forecasts[k]);
    if (forecasts.every(forecast => forecast === undefined)) return [];
    const expected = common(forecasts, steps);
    return [expected.map((value, i) => came(origin + i) - value)];
  });
}

/** The history with its outliers and with NaN in its holes, on the model's scale. */
function measuredOf({ scale, decomposition: { samples, residuals } }: RegularHistory): (step: number) => number {
  return step => (Number.isNaN(residuals.values[step]) ? Number.NaN : scale.to(samples.values[step] as number));
}
