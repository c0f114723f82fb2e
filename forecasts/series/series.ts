/**
 * A regular series, oldest first; null where nothing was measured. `values[i]` covers [start + i·step, start +
 * (i+1)·step) and is known only at the end of that step. Demand is in requests per second, the mean over a step.
 */
export interface Series {
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly values: readonly (number | null)[];
}

const longestStepSeconds = 7 * 86_400;

/**
 * Checks a series; poor data (null, NaN, ±Infinity) counts as gaps.
 * @throws RangeError naming the field, when start, step or values are invalid
 */
export function checkSeries(series: Series, name = 'history'): void {
  const { start, stepSeconds, values } = series;
  if (!Number.isFinite(start)) throw new RangeError(`${name}.start must be epoch milliseconds, got ${start}`);
  if (!(stepSeconds >= 1 && stepSeconds <= longestStepSeconds))
    throw new RangeError(`${name}.stepSeconds must be from 1 to ${longestStepSeconds}, got ${stepSeconds}`);
  if (!Array.isArray(values)) throw new RangeError(`${name}.values must be a list, got ${typeof values}`);
}
