import { eachMeasured, type Measured } from './measured.ts';

/**
 * How far the highest forecast is off the highest actual, whenever each comes: forecast ÷ actual − 1, a signed ratio
 * (0.2 = 20 % too high). Our own definition. Steps that were not measured are left out of both; NaN when nothing above
 * zero was measured.
 * @throws RangeError when the two differ in length
 */
export function peakError(actual: Measured, forecast: readonly number[]): number {
  const peak = highest(actual, forecast, y => y);
  return peak.value > 0 ? highest(actual, forecast, (_, f) => f).value / peak.value - 1 : Number.NaN;
}

/**
 * How many steps the forecast's highest step comes after the actual one's, negative = before; of equal ones the first
 * counts. Our own definition. Steps that were not measured are left out of both; NaN when nothing was measured.
 * @throws RangeError when the two differ in length
 */
export function peakTimeError(actual: Measured, forecast: readonly number[]): number {
  return highest(actual, forecast, (_, f) => f).at - highest(actual, forecast, y => y).at;
}

function highest(actual: Measured, forecast: readonly number[], of: (actual: number, forecast: number) => number) {
  let best = { value: Number.NEGATIVE_INFINITY, at: Number.NaN };
  eachMeasured(actual, forecast, (y, f, at) => {
    const value = of(y, f);
    if (value > best.value) best = { value, at };
  });
  return best;
}
