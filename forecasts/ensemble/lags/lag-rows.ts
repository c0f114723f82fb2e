/** The values that a regression on lags is fitted on, and how they are spread. */
export interface LagRows {
  /** Differenced, less `center`. */
  readonly values: Float64Array;
  readonly center: number;
  /** Of these values, which need not be 0. */
  readonly mean: number;
  /** Their standard deviation, > 0. */
  readonly deviation: number;
}

/** Measures how `values`, differenced and less `center`, are spread. */
export function lagRows(values: Float64Array, center: number): LagRows {
  let sum = 0;
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t] as number;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, values.length);
  const variance = Math.max(0, squares / Math.max(1, values.length) - mean * mean);
  return { values, center, mean, deviation: Math.sqrt(variance) || 1e-9 };
}
