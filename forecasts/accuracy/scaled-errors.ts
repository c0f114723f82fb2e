import { checkLevel } from '../check-options.ts';
import { mae } from './errors.ts';
import { type Measured, meanMeasured } from './measured.ts';

/**
 * Mean absolute scaled error: mae ÷ mae of the seasonal naive forecast inside the history, a ratio ≥ 0; below 1 =
 * better than the naive forecast. Unmeasured steps, and pairs of the history with such a step, are left out. NaN when
 * the history is flat or no longer than a season.
 * @see Hyndman & Koehler (2006), Another look at measures of forecast accuracy,
 * https://doi.org/10.1016/j.ijforecast.2006.03.001
 * @throws RangeError when `seasonLength` (steps) is not a whole number ≥ 1
 */
export function mase(
  actual: Measured,
  forecast: readonly number[],
  scaledBy: { readonly history: Measured; readonly seasonLength: number },
): number {
  return mae(actual, forecast) / naiveError(scaledBy);
}

/**
 * Mean scaled interval score of a central interval with nominal coverage `level` in (0, 1): width plus a penalty of 2 ÷
 * (1 − level) per unit outside, ÷ mae of the seasonal naive forecast inside the history; a ratio ≥ 0. Missing values as
 * for {@link mase}.
 * @see Gneiting & Raftery (2007), Strictly Proper Scoring Rules, section 6.2,
 * https://doi.org/10.1198/016214506000001437
 * @see Makridakis, Spiliotis & Assimakopoulos (2020), The M4 Competition,
 * https://doi.org/10.1016/j.ijforecast.2019.04.014
 * @throws RangeError when the level lies outside (0, 1) or `seasonLength` (steps) is not a whole number ≥ 1
 */
export function msis(
  actual: Measured,
  interval: { readonly lower: readonly number[]; readonly upper: readonly number[]; readonly level: number },
  scaledBy: { readonly history: Measured; readonly seasonLength: number },
): number {
  const { lower, upper, level } = interval;
  checkLevel(level);
  if (lower.length !== upper.length)
    throw new RangeError(`lower and upper must have the same length, got ${lower.length} and ${upper.length}`);
  const penalty = 2 / (1 - level);
  const width = meanWidth(actual, lower, upper);
  const below = meanMeasured(actual, lower, (y, l) => Math.max(0, l - y));
  const above = meanMeasured(actual, upper, (y, u) => Math.max(0, y - u));
  return (width + penalty * (below + above)) / naiveError(scaledBy);
}

function meanWidth(actual: Measured, lower: readonly number[], upper: readonly number[]): number {
  return meanMeasured(actual, upper, (_, u) => u) - meanMeasured(actual, lower, (_, l) => l);
}

function naiveError({ history, seasonLength }: { readonly history: Measured; readonly seasonLength: number }): number {
  if (!(Number.isInteger(seasonLength) && seasonLength >= 1))
    throw new RangeError(`seasonLength must be a whole number of steps, at least 1, got ${seasonLength}`);
  let sum = 0;
  let count = 0;
  for (let i = seasonLength; i < history.length; i++) {
    const value = history[i];
    const before = history[i - seasonLength];
    if (typeof value !== 'number' || typeof before !== 'number' || Number.isNaN(value - before)) continue;
    sum += Math.abs(value - before);
    count++;
  }
  return sum > 0 ? sum / count : Number.NaN;
}
