import { type Measured, meanMeasured } from './measured.ts';

/**
 * Mean absolute error: mean of |actual − forecast|, in the unit of the series. Unmeasured steps are left out; NaN when
 * no step was measured.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function mae(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => Math.abs(y - f));
}

/**
 * Root mean squared error: √ mean of (actual − forecast)², in the unit of the series. Unmeasured steps are left out;
 * NaN when no step was measured.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function rmse(actual: Measured, forecast: readonly number[]): number {
  return Math.sqrt(meanMeasured(actual, forecast, (y, f) => (y - f) ** 2));
}

/**
 * Mean of forecast − actual, in the unit of the series: positive = forecast too high (R and FPP3 use the opposite sign,
 * as mean error). Unmeasured steps are left out; NaN when no step was measured.
 * @see https://www.statsmodels.org/stable/generated/statsmodels.tools.eval_measures.bias.html
 */
export function bias(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => f - y);
}
