/** Actuals beside forecasts: one value a step, null or NaN where nothing was measured. */
export type Measured = readonly (number | null)[];

/**
 * Sums `of(actual, forecast)` over the steps that were measured.
 * @throws RangeError when the two differ in length
 */
export function sumMeasured(
  actual: Measured,
  forecast: readonly number[],
  of: (actual: number, forecast: number) => number,
): { readonly sum: number; readonly count: number } {
  if (actual.length !== forecast.length)
    throw new RangeError(`actual and forecast must be of one length, got ${actual.length} and ${forecast.length}`);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    const value = actual[i];
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    sum += of(value, forecast[i] as number);
    count++;
  }
  return { sum, count };
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
