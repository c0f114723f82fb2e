import { solveSymmetric } from '../../statistics/cholesky.ts';
import type { RegularHistory } from '../regular-history.ts';
import { isRecalled, levelCount, readLevels, recallOffsets, residualPrior, stepsAround } from './residual-features.ts';

const size = residualPrior.length;
const rowsPerHour = 2;

/** Coefficients per horizon in `aheads` (steps), by ridge regression around the prior on evenly spaced past steps. */
export function learnResiduals(history: RegularHistory, aheads: readonly number[]): readonly Float64Array[] {
  const rows = rowsOf(history);
  return aheads.map(ahead => learn(rows, ahead));
}

/** The rows of the regression. */
interface Rows {
  readonly perDay: number;
  /** Row r is step perDay + r · stride. */
  readonly stride: number;
  /** Scaled values less the profile, one per step. */
  readonly residuals: Float64Array;
  /** Means of the residuals within ± `reach` steps, one per step. */
  readonly means: Float64Array;
  /** The regressors that do not depend on the horizon: one column per coefficient, one value per row. */
  readonly columns: readonly Float64Array[];
  /** Gram matrix of `columns` over all rows: row-major, lower triangle. */
  readonly products: Float64Array;
  /** Ridge penalty of the slow level's coefficient. */
  readonly slowStrength: number;
}

function rowsOf({ scaled, stepsPerDay, profileOver, followLevels }: RegularHistory): Rows {
  const perDay = Math.round(stepsPerDay);
  const stride = Math.max(1, Math.round(stepsPerDay / 24 / rowsPerHour));
  const profile = profileOver(scaled.length);
  const residuals = scaled.slice();
  for (let t = 0; t < residuals.length; t++) residuals[t] = (scaled[t] as number) - (profile[t] as number);
  const levels = followLevels(scaled);
  const count = Math.max(0, Math.ceil((scaled.length - perDay) / stride));
  const columns = Array.from({ length: levelCount }, () => new Float64Array(count));
  const x = new Float64Array(levelCount);
  for (let row = 0; row < count; row++) {
    readLevels(levels, perDay + row * stride, x);
    for (let k = 0; k < levelCount; k++) (columns[k] as Float64Array)[row] = x[k] as number;
  }
  const slowStrength = 1000 * (1 + levels.day(scaled.length - 1) ** 2);
  const products = productsOf(columns, 0, count);
  return { perDay, stride, residuals, means: meansAround(residuals), columns, products, slowStrength };
}

/** Means of the values within ± `reach` steps; 0 where the window does not fit. */
function meansAround(values: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  for (let t = stepsAround; t < values.length - stepsAround; t++) {
    let sum = 0;
    for (let k = t - stepsAround; k <= t + stepsAround; k++) sum += values[k] as number;
    means[t] = sum / (2 * stepsAround + 1);
  }
  return means;
}

function learn(rows: Rows, ahead: number): Float64Array {
  const { perDay, stride, residuals } = rows;
  const count = Math.max(0, Math.ceil((residuals.length - ahead - perDay) / stride));
  const recalled = recallOffsets(ahead, perDay).map(offset => recall(rows, offset, count));
  const columns = [...rows.columns, ...recalled];
  const slow = columns[1] as Float64Array;
  const actual = new Float64Array(count);
  let squares = 0;
  for (let row = 0; row < count; row++) {
    actual[row] = residuals[perDay + row * stride + ahead] as number;
    squares += ((actual[row] as number) - (slow[row] as number)) ** 2;
  }
  const gram = gramOf(rows, columns, count);
  const at = (i: number, j: number) => gram[Math.max(i, j) * size + Math.min(i, j)] as number;
  const right = Float64Array.from(columns, (column, i) =>
    residualPrior.reduce((rest, expected, j) => rest - expected * at(i, j), dot(column, actual, count)),
  );
  const strength = (k: number) => (k === 0 ? 20 : k === 1 ? rows.slowStrength : (30 * squares) / Math.max(1, count));
  for (let k = 0; k < size; k++) gram[k * size + k] = at(k, k) + strength(k) + 1e-9;
  solveSymmetric(gram, size, [right]);
  return right.map((value, k) => (Number.isFinite(value) ? value : 0) + (residualPrior[k] as number));
}

/**
 * Gram matrix of all columns over the first `count` rows, lower triangle; for the levels, the last rows are subtracted.
 */
function gramOf({ products, columns: levels }: Rows, columns: readonly Float64Array[], count: number): Float64Array {
  const gram = new Float64Array(size * size);
  const surplus = productsOf(levels, count, levels[0]?.length ?? 0);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      gram[i * size + j] =
        i < levelCount
          ? (products[i * levelCount + j] as number) - (surplus[i * levelCount + j] as number)
          : dot(columns[i] as Float64Array, columns[j] as Float64Array, count);
  return gram;
}

/** Gram matrix of the columns over the rows `from` (inclusive) to `to` (exclusive): row-major, lower triangle. */
function productsOf(columns: readonly Float64Array[], from: number, to: number): Float64Array {
  const products = new Float64Array(columns.length * columns.length);
  columns.forEach((left, i) => {
    const stretch = left.subarray(from, to);
    for (let j = 0; j <= i; j++)
      products[i * columns.length + j] = dot(stretch, (columns[j] as Float64Array).subarray(from, to), to - from);
  });
  return products;
}

/** Regressor per row: the mean residual around the step at `offset`, less the row's slow level; 0 where unknown. */
function recall({ perDay, stride, means, columns }: Rows, offset: number, count: number): Float64Array {
  const recalled = new Float64Array(count);
  const slow = columns[1] as Float64Array;
  let row = 0;
  while (row < count && !isRecalled(perDay + row * stride, offset)) row++;
  for (let t = perDay + row * stride + offset; row < count; row++, t += stride)
    recalled[row] = (means[t] as number) - (slow[row] as number);
  return recalled;
}

/** Dot product with four partial sums, because in a single sum each addition waits for the one before. */
function dot(a: Float64Array, b: Float64Array, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < count; t += 4) {
    s0 += (a[t] as number) * (b[t] as number);
    s1 += (a[t + 1] as number) * (b[t + 1] as number);
    s2 += (a[t + 2] as number) * (b[t + 2] as number);
    s3 += (a[t + 3] as number) * (b[t + 3] as number);
  }
  for (; t < count; t++) s0 += (a[t] as number) * (b[t] as number);
  return s0 + s1 + s2 + s3;
}
