import type { MemberShare } from '../../explanation.ts';
import type { EnsembleDesign } from '../members/ensemble-members.ts';
import type { PointForecaster } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';
import { commonForecast, weighBoth } from './common-forecast.ts';
import { rawForecaster, type Trials, tryMembers } from './try-members.ts';
import type { Trial } from './weigh-members.ts';

/** The fitted members' common forecast, their weights and their past errors. */
export interface Combination {
  /** The common forecast: raw values, clipped. `scaled` is the history's grid, possibly extended. */
  readonly follow: (scaled: Float64Array) => PointForecaster;
  /** Share of each member a day ahead, descending; they sum to 1. In the median all groups count equally. */
  readonly shares: readonly MemberShare[];
  /** Errors (actual − common forecast) over the whole horizon, on the model's scale, one array per inner origin. */
  readonly farErrors: readonly Float64Array[];
  /** Errors over the first hour from every hour of the last days, newest first; NaN where nothing was measured. */
  readonly firstHourErrors?: readonly Float64Array[];
}

const leastDays = 2;
const leastWeight = 1e-3;

/**
 * Fits all members, weighs them at inner origins where the history is long enough, and combines them, see
 * `commonForecast`. Undefined below two days of history, without a design, and where no member can be fitted.
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
  { memberGroups, far }: EnsembleDesign,
  isFitted: readonly boolean[],
  weights: Float64Array | undefined,
): readonly MemberShare[] {
  let next = 0;
  const groups = memberGroups
    .map(group => group.map(({ name }) => ({ name, m: next++ })).filter(({ m }) => isFitted[m]))
    .filter(group => group.length > 0);
  const meanWeight = weights === undefined ? 0 : far.meanWeight;
  return groups
    .flatMap(group =>
      group.map(({ name, m }) => ({
        name,
        weight: (1 - meanWeight) / groups.length / group.length + meanWeight * (weights?.[m] ?? 0),
      })),
    )
    .filter(({ weight }) => weight > leastWeight)
    .sort((a, b) => b.weight - a.weight);
}

/**
 * Errors per origin, without origins where no member could be fitted. `actualAt`: the scaled actual value of a step.
 */
function errorsOf(
  actualAt: (step: number) => number,
  { trials, origins, steps }: Trials,
  common: (forecasts: Trial['forecasts'], steps: number) => Float64Array,
): readonly Float64Array[] {
  return origins.flatMap((origin, k) => {
    const forecasts = trials.map(trial => trial.forecasts[k]);
    if (forecasts.every(forecast => forecast === undefined)) return [];
    const expected = common(forecasts, steps);
    return [expected.map((value, i) => actualAt(origin + i) - value)];
  });
}

/** The scaled value of a step as measured, outliers included; NaN in gaps and events. */
function measuredOf({ scale, decomposition: { samples, residuals } }: RegularHistory): (step: number) => number {
  return step => (Number.isNaN(residuals.values[step]) ? Number.NaN : scale.to(samples.values[step] as number));
}
