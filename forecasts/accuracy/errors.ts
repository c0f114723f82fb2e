import { type Measured, meanMeasured } from './measured.ts';

/**
 * Mean absolute error: mean of |actual − forecast|, in the unit of the series. Steps that were not measured are left out;
 * NaN when none was.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function mae(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => Math.abs(y - f));
}

/**
 * Root mean squared error: √ mean of (actual − forecast)², in the unit of the series. Steps that were not measured are left
 * out; NaN when none was.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function rmse(actual: Measured, forecast: readonly number[]): number {
  return Math.sqrt(meanMeasured(actual, forecast, (y, f) => (y - f) ** 2));
}

/**
 * Mean of forecast − actual, in the unit of the series: positive = forecast too high (R and FPP3 write it with the other
 * sign, as mean error). Steps that were not measured are left out; NaN when none was.
 * @see https://www.statsmodels.org/stable/generated/statsmodels.tools.eval_measures.bias.html
 */
export function bias(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => f - y);
}
