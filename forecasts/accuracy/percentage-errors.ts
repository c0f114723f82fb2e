import { type Measured, meanMeasured, sumMeasured } from './measured.ts';

/**
 * Weighted absolute percentage error: Σ|actual − forecast| ÷ Σ|actual|, as a ratio ≥ 0 (0.1 = 10 %). Unmeasured steps
 * are left out; NaN when only zeros were measured.
 * @see Kolassa & Schütz (2007), Advantages of the MAD/Mean ratio over the MAPE, Foresight 6
 */
export function wape(actual: Measured, forecast: readonly number[]): number {
  return (
    sumMeasured(actual, forecast, (y, f) => Math.abs(y - f)).sum / sumMeasured(actual, forecast, y => Math.abs(y)).sum
  );
}

/**
 * Symmetric mean absolute percentage error as the M4 competition defines it: mean of 200 · |actual − forecast| ÷
 * (|actual| + |forecast|), in percent (0–200). A step where both are 0 counts as 0. Unmeasured steps are left out; NaN
 * when no step was measured.
 * @see Makridakis, Spiliotis & Assimakopoulos (2020), The M4 Competition,
 * https://doi.org/10.1016/j.ijforecast.2019.04.014
 */
export function smape(actual: Measured, forecast: readonly number[]): number {
  return meanMeasured(actual, forecast, (y, f) => {
    const size = Math.abs(y) + Math.abs(f);
    return size === 0 ? 0 : (200 * Math.abs(y - f)) / size;
  });
}
