import type { LagCoefficients } from './huber-gram.ts';
import type { LagRows } from './lag-rows.ts';

/** A fitted regression on the lags of a series or of its differences. */
export interface FittedLags extends LagCoefficients, Pick<LagRows, 'center' | 'mean' | 'deviation'> {
  /** Distance of the differences in steps: w(t) = x(t) − x(t − difference); 0 = no differencing. */
  readonly difference: number;
}

const mostDeviations = 8;

/**
 * Recursive forecast of the `steps` values after `past`. Each differenced value is clipped to eight standard deviations
 * of the differenced series, so that an explosive solution stays bounded.
 */
export function continueLags(past: Float64Array, steps: number, fitted: FittedLags): Float64Array {
  const { lags, coefficients, difference, center, mean, deviation } = fitted;
  const longest = lags.at(-1) ?? 0;
  const reach = longest + difference;
  const newest = past.subarray(Math.max(0, past.length - reach));
  const path = new Float64Array(reach + steps);
  path.set(newest, reach - newest.length);
  const season = difference === 0 ? new Float64Array(longest + steps) : path;
  const window = new Float64Array(longest + steps);
  for (let i = 0; i < longest; i++) window[i] = (path[difference + i] as number) - (season[i] as number) - center;
  const least = mean - mostDeviations * deviation;
  const most = mean + mostDeviations * deviation;
  for (let step = 0; step < steps; step++) {
    let value = coefficients[lags.length] as number;
    for (let i = 0; i < lags.length; i++)
      value += (coefficients[i] as number) * (window[longest + step - (lags[i] as number)] as number);
    const clipped = Math.min(most, Math.max(least, value));
    window[longest + step] = clipped;
    path[reach + step] = clipped + center + (season[longest + step] as number);
  }
  return path.slice(reach);
}
