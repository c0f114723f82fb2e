import { sum as sumOf } from 'simple-statistics';

/** Actual values, one per step of the forecast; null or NaN where nothing was measured. */
export type Measured = readonly (number | null)[];

/**
 * Calls `visit` with actual, forecast and index of each measured step.
 * @throws RangeError when the two differ in length
 */
export function eachMeasured(
  actual: Measured,
  forecast: readonly number[],
  visit: (actual: number, forecast: number, at: number) => void,
): void {
  if (actual.length !== forecast.length)
    throw new RangeError(`actual and forecast must have the same length, got ${actual.length} and ${forecast.length}`);
  for (let i = 0; i < actual.length; i++) {
    const value = actual[i];
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    visit(value, forecast[i] as number, i);
  }
}

/**
 * Sums `of(actual, forecast)` over the measured steps, with Kahan–Babuška compensation, so that rounding errors stay
 * small over a year of minutes.
 * @throws RangeError when the two differ in length
 */
export function sumMeasured(
  actual: Measured,
  forecast: readonly number[],
  of: (actual: number, forecast: number) => number,
): { readonly sum: number; readonly count: number } {
  const parts: number[] = [];
  eachMeasured(actual, forecast, (value, predicted) => parts.push(of(value, predicted)));
  return { sum: sumOf(parts), count: parts.length };
}

/** The mean of `of(actual, forecast)` over the measured steps; NaN when nothing was measured. */
export function meanMeasured(
  actual: Measured,
  forecast: readonly number[],
  of: (actual: number, forecast: number) => number,
): number {
  const { sum, count } = sumMeasured(actual, forecast, of);
  return sum / count;
}
