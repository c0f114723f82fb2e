import { solveSymmetric } from '../cholesky.ts';
import { medianOf } from '../median.ts';
import { type LagGroup, lagGroup } from './lag-grams.ts';
import type { PointModel } from './point-model.ts';

/** An autoregression on chosen lags of a (seasonally differenced) series, its coefficients shrunk a little towards 0. */
export interface LagRidgeSpec {
  readonly name: string;
  /** In steps of the differenced series, ascending. */
  readonly lags: readonly number[];
  /** Value less the value this many steps before; 0 = the value itself. */
  readonly difference: number;
  /** Times the variance and the number of rows, added to the diagonal. */
  readonly ridge: number;
  /** Reweighted twice with Huber's weights, k = 1.345 robust standard deviations, so that wild hours count less. */
  readonly isHuber: boolean;
}

const huberK = 1.345;
const huberPasses = 2;
const mostDeviations = 8;

/**
 * Recursive forecasts of w(t) = b₀ + Σ bᵢ w(t − lagᵢ), w the (differenced) series less its mean, by ridge regression: one
 * member a spec. A step is clipped to eight standard deviations, so that an explosive solution cannot run away.
 *
 * @see Hoerl & Kennard (1970), Ridge regression; Huber (1964), Robust estimation of a location parameter
 */
export function lagRidges(specs: readonly LagRidgeSpec[]): readonly PointModel[] {
  const groups = new Map<number, LagGroup>();
  for (const { difference } of specs) {
    const alike = specs.filter(spec => spec.difference === difference);
    if (!groups.has(difference))
      groups.set(difference, lagGroup(difference, [...new Set(alike.map(({ lags }) => lags))]));
  }
  return specs.map(spec => lagRidge(spec, groups.get(spec.difference) as LagGroup));
}

function lagRidge(spec: LagRidgeSpec, group: LagGroup): PointModel {
  const set = group.lagSets.indexOf(spec.lags);
  return {
    name: spec.name,
    fit: ({ scaled, lagSums }) => {
      const length = scaled.length - spec.difference;
      const longest = spec.lags.at(-1) ?? 0;
      if (length < longest + 2 * spec.lags.length + 24) return undefined;
      const { values, center, gram } = lagSums(group);
      const rows = spreadOf(values.subarray(0, length), center);
      const coefficients = solve(gram(set, scaled.length), rows, spec);
      if (!coefficients.every(Number.isFinite)) return undefined;
      return known => (origin, steps) => recur(known, origin, steps, { spec, coefficients, ...rows });
    },
  };
}

interface Rows {
  /** Differenced, less `center`. */
  readonly values: Float64Array;
  readonly center: number;
  /** Of these values, which need not be 0. */
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(values: Float64Array, center: number): Rows {
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

/** The coefficients, one a lag and the intercept last. */
function solve(gram: Float64Array, rows: Rows, spec: LagRidgeSpec): Float64Array {
  let coefficients = solveRidge(gram, rows, spec);
  if (!spec.isHuber) return coefficients;
  for (let pass = 0; pass < huberPasses; pass++) {
    coefficients = solveRidge(reweighted(gram, rows.values, spec.lags, coefficients), rows, spec);
  }
  return coefficients;
}

function solveRidge(gram: Float64Array, { values, deviation }: Rows, { lags, ridge }: LagRidgeSpec): Float64Array {
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

/** The Gram matrix under Huber's weights: those rows that lie far off count less, all others as before. */
function reweighted(
  gram: Float64Array,
  values: Float64Array,
  lags: readonly number[],
  coefficients: Float64Array,
): Float64Array {
  const first = lags.at(-1) ?? 0;
  const sizes = errorSizes(values, lags, coefficients);
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

function errorSizes(values: Float64Array, lags: readonly number[], coefficients: Float64Array): Float64Array {
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

/** matrix − share · row·rowᵀ, lower triangle. */
function subtractOuter(matrix: Float64Array, row: Float64Array, share: number): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const factor = share * (row[i] as number);
    for (let j = 0; j <= i; j++) matrix[i * size + j] = (matrix[i * size + j] as number) - factor * (row[j] as number);
  }
}

interface Fitted extends Rows {
  readonly spec: LagRidgeSpec;
  readonly coefficients: Float64Array;
}

function recur(
  known: Float64Array,
  origin: number,
  steps: number,
  { spec, coefficients, center, mean, deviation }: Fitted,
): Float64Array {
  const { lags, difference } = spec;
  const longest = lags.at(-1) ?? 0;
  const reach = longest + difference;
  const from = Math.max(0, origin - reach);
  const path = new Float64Array(reach + steps);
  path.set(known.subarray(from, origin), reach - (origin - from));
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
