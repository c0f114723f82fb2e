import { solveSymmetric } from '../../statistics/cholesky.ts';
import type { RegularHistory } from '../regular-history.ts';
import { isRecalled, levelCount, reach, readLevels, recallOffsets, residualPrior } from './residual-features.ts';

const size = residualPrior.length;
const rowsPerHour = 2;

/** The coefficients for forecasts so many steps ahead, by a ridge around the prior on evenly spread moments of the past. */
export function learnResiduals(history: RegularHistory, aheads: readonly number[]): readonly Float64Array[] {
  const rows = rowsOf(history);
  return aheads.map(ahead => learn(rows, ahead));
}

interface Rows {
  readonly perDay: number;
  /** Row r is step perDay + r · stride. */
  readonly stride: number;
  /** One value a step. */
  readonly residuals: Float64Array;
  readonly means: Float64Array;
  /** What does not depend on the horizon: one column a coefficient, one value a row. */
  readonly columns: readonly Float64Array[];
  /** Sums of their products with one another over all rows: row-major, the lower triangle. */
  readonly products: Float64Array;
  /** How firmly the slow level's coefficient is held. */
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

/** The mean of the values around each; 0 too near to either end. */
function meansAround(values: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  for (let t = reach; t < values.length - reach; t++) {
    let sum = 0;
    for (let k = t - reach; k <= t + reach; k++) sum += values[k] as number;
    means[t] = sum / (2 * reach + 1);
  }
  return means;
}

function learn(rows: Rows, ahead: number): Float64Array {
  const { perDay, stride, residuals } = rows;
  const count = Math.max(0, Math.ceil((residuals.length - ahead - perDay) / stride));
  const recalled = recallOffsets(ahead, perDay).map(offset => recall(rows, offset, count));
  const columns = [...rows.columns, ...recalled];
  const slow = columns[1] as Float64Array;
  const came = new Float64Array(count);
  let squares = 0;
  for (let row = 0; row < count; row++) {
    came[row] = residuals[perDay + row * stride + ahead] as number;
    squares += ((came[row] as number) - (slow[row] as number)) ** 2;
  }
  const gram = gramOf(rows, columns, count);
  const at = (i: number, j: number) => gram[Math.max(i, j) * size + Math.min(i, j)] as number;
  const right = Float64Array.from(columns, (column, i) =>
    residualPrior.reduce((rest, expected, j) => rest - expected * at(i, j), dot(column, came, count)),
  );
  const strength = (k: number) => (k === 0 ? 20 : k === 1 ? rows.slowStrength : (30 * squares) / Math.max(1, count));
  for (let k = 0; k < size; k++) gram[k * size + k] = at(k, k) + strength(k) + 1e-9;
  solveSymmetric(gram, size, [right]);
  return right.map((value, k) => (Number.isFinite(value) ? value : 0) + (residualPrior[k] as number));
}

/** Products of all columns over the first `count` rows, the lower triangle: of the levels only the last rows are taken away. */
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

/** Products of the columns with one another, of the rows from `from` to before `to`: row-major, the lower triangle. */
function productsOf(columns: readonly Float64Array[], from: number, to: number): Float64Array {
  const products = new Float64Array(columns.length * columns.length);
  columns.forEach((left, i) => {
    const stretch = left.subarray(from, to);
    for (let j = 0; j <= i; j++)
      products[i * columns.length + j] = dot(stretch, (columns[j] as Float64Array).subarray(from, to), to - from);
  });
  return products;
}

/** What the steps around each row's past moment were over its slow level. */
function recall({ perDay, stride, means, columns }: Rows, offset: number, count: number): Float64Array {
  const recalled = new Float64Array(count);
  const slow = columns[1] as Float64Array;
  let row = 0;
  while (row < count && !isRecalled(perDay + row * stride, offset)) row++;
  for (let t = perDay + row * stride + offset; row < count; row++, t += stride)
    recalled[row] = (means[t] as number) - (slow[row] as number);
  return recalled;
}

/** Four sums at once, because one alone spends its time waiting for its own additions. */
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
