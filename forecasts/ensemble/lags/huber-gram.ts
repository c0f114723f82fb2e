import { medianOf } from '../../statistics/median.ts';

/** The coefficients of a regression on lags. */
export interface LagCoefficients {
  /** Lags in steps, ascending. */
  readonly lags: readonly number[];
  /** One coefficient per lag, then the intercept. */
  readonly coefficients: Float64Array;
}

/** Errors above this many robust standard deviations count less. */
const huberK = 1.345;

/**
 * Reweights a Gram matrix by Huber's weights: rows with a large error of `fitted` count less, all others as before. The
 * columns are the lags, ones, and the value itself; row-major, lower triangle.
 *
 * @see Huber (1964), Robust estimation of a location parameter
 */
export function huberGram(gram: Float64Array, values: Float64Array, fitted: LagCoefficients): Float64Array {
  const { lags } = fitted;
  const first = lags.at(-1) ?? 0;
  const sizes = errorSizes(values, fitted);
  const limit = (huberK * medianOf(sizes.slice(), sizes.length)) / 0.6745;
  const weighted = gram.slice();
  if (!(limit > 0)) return weighted;
  const size = lags.length + 2;
  const row = new Float64Array(size).fill(1);
  for (let t = first; t < values.length; t++) {
    const off = sizes[t - first] as number;
    if (!(off > limit)) continue;
    for (let i = 0; i < lags.length; i++) row[i] = values[t - (lags[i] as number)] as number;
    row[size - 1] = values[t] as number;
    subtractOuter(weighted, row, 1 - limit / off);
  }
  return weighted;
}

/** Absolute error of the regression for each value that has all its lags. */
function errorSizes(values: Float64Array, { lags, coefficients }: LagCoefficients): Float64Array {
  const first = lags.at(-1) ?? 0;
  const sizes = new Float64Array(values.length - first);
  for (let t = first; t < values.length; t++) {
    let expected = coefficients[lags.length] as number;
    for (let i = 0; i < lags.length; i++)
      expected += (coefficients[i] as number) * (values[t - (lags[i] as number)] as number);
    sizes[t - first] = Math.abs((values[t] as number) - expected);
  }
  return sizes;
}

/** matrix −= share · row·rowᵀ, lower triangle. */
function subtractOuter(matrix: Float64Array, row: Float64Array, share: number): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const factor = share * (row[i] as number);
    for (let j = 0; j <= i; j++) matrix[i * size + j] = (matrix[i * size + j] as number) - factor * (row[j] as number);
  }
}
