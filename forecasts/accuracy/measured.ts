import { sum as sumOf } from 'simple-statistics';

/** Actuals beside forecasts: one value a step, null or NaN where nothing was measured. */
export type Measured = readonly (number | null)[];

/**
 * Calls `visit` with actual, forecast and index of each step that was measured: the others count nowhere.
 * @throws RangeError when the two differ in length
 */
export function eachMeasured(
  actual: Measured,
  forecast: readonly number[],
  visit: (actual: number, forecast: number, at: number) => void,
): void {
  if (actual.length !== forecast.length)
    throw new RangeError(`actual and forecast must be of one length, got ${actual.length} and ${forecast.length}`);
  for (let i = 0; i < actual.length; i++) {
    const value = actual[i];
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    visit(value, forecast[i] as number, i);
  }
}

/**
 * Sums `of(actual, forecast)` over the steps that were measured, with compensation for rounding (Kahan–Babuška), so that
 * a year of minutes adds up.
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
