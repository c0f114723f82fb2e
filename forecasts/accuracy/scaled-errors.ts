import { mae } from './errors.ts';
import { type Measured, meanMeasured } from './measured.ts';

/**
 * Mean absolute error over that of the seasonal naive inside the history: below 1 = better than it was there. NaN when the history
 * is shorter than a season or flat.
 * @see Hyndman & Koehler (2006), Another look at measures of forecast accuracy, International Journal of Forecasting 22(4)
 */
export function mase(
  actual: Measured,
  forecast: readonly number[],
  scaledBy: { readonly history: Measured; readonly seasonLength: number },
): number {
  return mae(actual, forecast) / naiveError(scaledBy);
}

/**
 * Mean scaled interval score of a central interval, `level` its nominal coverage in (0, 1): width plus a penalty of
 * 2 ÷ (1 − level) for each unit outside, over the seasonal naive's error inside the history. NaN as for {@link mase}.
 * @see Gneiting & Raftery (2007), Strictly Proper Scoring Rules, section 6.2; scaled as in the M4 competition
 */
export function msis(
  actual: Measured,
  interval: { readonly lower: readonly number[]; readonly upper: readonly number[]; readonly level: number },
  scaledBy: { readonly history: Measured; readonly seasonLength: number },
): number {
  const { lower, upper, level } = interval;
  if (lower.length !== upper.length)
    throw new RangeError(`lower and upper must be of one length, got ${lower.length} and ${upper.length}`);
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
