import { eachMeasured, type Measured } from './measured.ts';

/**
 * Error of the peak, whenever the two peaks occur: highest forecast ÷ highest actual − 1, a signed ratio (0.2 = 20 %
 * too high). Our own definition. Unmeasured steps are left out of both; NaN when no value above zero was measured.
 * @throws RangeError when the two differ in length
 */
export function peakError(actual: Measured, forecast: readonly number[]): number {
  const peak = highest(actual, forecast, y => y);
  return peak.value > 0 ? highest(actual, forecast, (_, f) => f).value / peak.value - 1 : Number.NaN;
}

/**
 * Delay of the forecast's highest step against the actual highest step, in steps; negative = too early. The first of
 * equal values counts. Our own definition. Unmeasured steps are left out of both; NaN when no step was measured.
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
