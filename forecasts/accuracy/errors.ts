import { type Measured, meanMeasured } from './measured.ts';

/**
 * Mean absolute error, in the unit of the series. NaN when nothing was measured.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function mae(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => Math.abs(y - f));
}

/**
 * Root mean squared error, in the unit of the series. NaN when nothing was measured.
 * @see https://otexts.com/fpp3/accuracy.html
 */
export function rmse(actual: Measured, forecast: readonly number[]): number {
  return Math.sqrt(meanMeasured(actual, forecast, (y, f) => (y - f) ** 2));
}

/** Mean of forecast − actual, in the unit of the series: positive = forecast too high. NaN when nothing was measured. */
export function bias(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => f - y);
}
