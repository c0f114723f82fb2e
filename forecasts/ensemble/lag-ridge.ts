import { solveSymmetric } from '../cholesky.ts';
import { medianOf } from '../median.ts';
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

interface Rows {
  /** Differenced and centred. */
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

const huberK = 1.345;
const mostDeviations = 8;

/**
 * Recursive forecasts of w(t) = b₀ + Σ bᵢ w(t − lagᵢ), w the (differenced) series less its mean, by ridge regression.
 * A step is clipped to eight standard deviations, so that an explosive solution cannot run away.
 *
 * @see Hoerl & Kennard (1970), Ridge regression; Huber (1964), Robust estimation of a location parameter
 */
export function lagRidge(spec: LagRidgeSpec): PointModel {
  return {
    name: spec.name,
    fit: ({ scaled }) => {
      const rows = differenced(scaled, spec.difference);
      const longest = spec.lags.at(-1) ?? 0;
      if (rows.values.length < longest + 2 * spec.lags.length + 24) return undefined;
      const coefficients = solve(rows, spec);
      if (!coefficients.every(Number.isFinite)) return undefined;
      return known => (origin, steps) => recur(known, origin, steps, { spec, coefficients, ...rows });
    },
  };
}

function differenced(scaled: Float64Array, difference: number): Rows {
  const length = Math.max(0, scaled.length - difference);
  const values = new Float64Array(length);
  let sum = 0;
  for (let t = 0; t < length; t++) {
    const value = (scaled[t + difference] as number) - (difference === 0 ? 0 : (scaled[t] as number));
    values[t] = value;
    sum += value;
  }
  const mean = length === 0 ? 0 : sum / length;
  let squares = 0;
  for (let t = 0; t < length; t++) {
    const value = (values[t] as number) - mean;
    values[t] = value;
    squares += value * value;
  }
  return { values, mean, deviation: Math.sqrt(squares / Math.max(1, length)) || 1e-9 };
}

/** The coefficients, one a lag and the intercept last. */
function solve(rows: Rows, spec: LagRidgeSpec): Float64Array {
  let coefficients = weightedSolve(rows, spec, undefined);
  if (!spec.isHuber) return coefficients;
  for (let pass = 0; pass < 2; pass++) {
    coefficients = weightedSolve(rows, spec, huberWeights(rows.values, spec.lags, coefficients));
  }
  return coefficients;
}

function weightedSolve(
  { values, deviation }: Rows,
  { lags, ridge }: LagRidgeSpec,
  weights: Float64Array | undefined,
): Float64Array {
  const first = lags.at(-1) ?? 0;
  const size = lags.length + 1;
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const count = values.length - first;
  // One weighted copy of the targets' rows a lag, so that the inner loop is a plain product of two arrays.
  const weighted = new Float64Array(count);
  const ones = new Float64Array(count).fill(1);
  const column = (i: number) =>
    i < lags.length ? values.subarray(first - (lags[i] as number), values.length - (lags[i] as number)) : ones;
  const target = values.subarray(first);
  for (let i = 0; i < size; i++) {
    const x = column(i);
    if (weights === undefined) weighted.set(x);
    else for (let t = 0; t < count; t++) weighted[t] = (x[t] as number) * (weights[t] as number);
    right[i] = dot(weighted, target, count);
    for (let j = 0; j <= i; j++) gram[i * size + j] = dot(weighted, column(j), count);
  }
  const shrink = ridge * count * deviation * deviation;
  for (let i = 0; i < size; i++) {
    const diagonal = gram[i * size + i] as number;
    gram[i * size + i] = diagonal * (1 + 1e-12) + (i < lags.length ? shrink : 0) + 1e-12;
  }
  solveSymmetric(gram, size, [right]);
  return right;
}

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

function huberWeights(values: Float64Array, lags: readonly number[], coefficients: Float64Array): Float64Array {
  const first = lags.at(-1) ?? 0;
  const sizes = new Float64Array(values.length - first);
  for (let t = first; t < values.length; t++) {
    let expected = coefficients[lags.length] as number;
    for (let i = 0; i < lags.length; i++)
      expected += (coefficients[i] as number) * (values[t - (lags[i] as number)] as number);
    sizes[t - first] = Math.abs((values[t] as number) - expected);
  }
  const limit = (huberK * medianOf(sizes.slice(), sizes.length)) / 0.6745;
  return limit > 0 ? sizes.map(size => (size <= limit ? 1 : limit / size)) : sizes.fill(1);
}

interface Fitted extends Rows {
  readonly spec: LagRidgeSpec;
  readonly coefficients: Float64Array;
}

function recur(
  known: Float64Array,
  origin: number,
  steps: number,
  { spec, coefficients, mean, deviation }: Fitted,
): Float64Array {
  const { lags, difference } = spec;
  const longest = lags.at(-1) ?? 0;
  const forecast = new Float64Array(steps);
  const before = (index: number) => (index < 0 ? (known[origin + index] ?? 0) : (forecast[index] as number));
  const window = new Float64Array(longest + steps);
  for (let i = 0; i < longest; i++) {
    const index = i - longest;
    window[i] = before(index) - (difference === 0 ? 0 : before(index - difference)) - mean;
  }
  for (let step = 0; step < steps; step++) {
    let value = coefficients[lags.length] as number;
    for (let i = 0; i < lags.length; i++)
      value += (coefficients[i] as number) * (window[longest + step - (lags[i] as number)] as number);
    const clipped = Math.min(mostDeviations * deviation, Math.max(-mostDeviations * deviation, value));
    window[longest + step] = clipped;
    forecast[step] = clipped + mean + (difference === 0 ? 0 : before(step - difference));
  }
  return forecast;
}
