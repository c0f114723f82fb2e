import { solveSymmetric } from '../../statistics/cholesky.ts';
import { huberGram } from './huber-gram.ts';
import type { LagRidgeSpec } from './lag-ridges.ts';
import type { LagRows } from './lag-rows.ts';

const huberPasses = 2;

/**
 * Ridge regression: one coefficient per lag, then the intercept. `gram` is the Gram matrix of these rows. Its columns
 * are the lags, ones, and the value itself; row-major, lower triangle.
 *
 * @see Hoerl & Kennard (1970), Ridge regression
 */
export function solveLagRidge(gram: Float64Array, rows: LagRows, spec: LagRidgeSpec): Float64Array {
  let coefficients = solveRidge(gram, rows, spec);
  if (!spec.isHuber) return coefficients;
  for (let pass = 0; pass < huberPasses; pass++)
    coefficients = solveRidge(huberGram(gram, rows.values, { lags: spec.lags, coefficients }), rows, spec);
  return coefficients;
}

/** One ridge solution; the intercept is not shrunk. */
function solveRidge(gram: Float64Array, { values, deviation }: LagRows, { lags, ridge }: LagRidgeSpec): Float64Array {
  const size = lags.length + 1;
  const shrink = ridge * (values.length - (lags.at(-1) ?? 0)) * deviation * deviation;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = gram[i * (size + 1) + j] as number;
    matrix[i * size + i] = (gram[i * (size + 1) + i] as number) * (1 + 1e-12) + (i < lags.length ? shrink : 0) + 1e-12;
  }
  const right = gram.slice(size * (size + 1), size * (size + 1) + size);
  solveSymmetric(matrix, size, [right]);
  return right;
}
