/** The values a regression on lags is fitted on, with their mean and standard deviation. */
export interface LagRows {
  /** The differenced series less `center`. */
  readonly values: Float64Array;
  readonly center: number;
  /** Mean of `values`; not 0 when they are a part of the series. */
  readonly mean: number;
  /** Standard deviation of `values`, > 0. */
  readonly deviation: number;
}

/** Mean and standard deviation of `values`, a differenced series less `center`. */
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
