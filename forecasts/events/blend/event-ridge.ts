import { addTimes } from '../../statistics/add-times.ts';
import { solveSymmetric } from '../../statistics/cholesky.ts';
import { dotProduct } from '../../statistics/dot-product.ts';
import { type FeatureColumn, featurePrecision } from '../event-features.ts';

/** What a ridge is fitted on: past events, each with its curve. */
export interface RidgeInput {
  readonly columns: readonly FeatureColumn[];
  /** Weight by age, 0–1, one per past event; newer events count more. */
  readonly recency: Float64Array;
  /** The past events' curves on the model's scale, smoothed. */
  readonly curves: readonly Float64Array[];
  /** The prior's curve: its peak times its shape, smoothed. */
  readonly prior: Float64Array;
}

/**
 * Ridge regression of past events' curves with a prior mean, β = (X'DX + Λ)⁻¹ (X'DZ + Λ M₀): X has a 1 and the
 * features, D the recency.
 * @see Hoerl & Kennard (1970), Ridge Regression, Technometrics 12(1); a prior mean makes it Bayesian linear regression
 */
export interface EventRidge {
  /** One row per past event: 1, then its features. */
  readonly rows: readonly Float64Array[];
  readonly recency: Float64Array;
  /** The curve fitted for each past event, that event included. */
  readonly fitted: readonly Float64Array[];
  /** Share of each past event's own curve in its fitted one, 0–1. */
  readonly leverages: Float64Array;
  /** (X'DX + Λ)⁻¹ x, for any x. */
  readonly solve: (x: Float64Array) => Float64Array;
  /** Part of the prior in the forecast of an event, given `solve` of its row. */
  readonly priorShare: (pull: Float64Array) => number;
}

/** Prior precisions: each prior counts as much as this number of events. */
const interceptPrecision = 0.3;

export function eventRidge({ columns, recency, curves, prior }: RidgeInput): EventRidge {
  const p = columns.length + 1;
  const rows = curves.map((_, k) => Float64Array.of(1, ...columns.map(({ values }) => values[k] as number)));
  const { solve, priorShare } = invertRidge(gramOf(rows, recency, p), p);
  const moments = Array.from({ length: p }, (_, a) => {
    const moment = prior.map(value => (a === 0 ? interceptPrecision * value : 0));
    rows.forEach((row, k) => {
      addTimes(moment, (recency[k] as number) * (row[a] as number), curves[k] as Float64Array);
    });
    return moment;
  });
  const pulls = rows.map(solve);
  return {
    rows,
    recency,
    fitted: pulls.map(pull => {
      const curve = new Float64Array(prior.length);
      moments.forEach((moment, a) => {
        addTimes(curve, pull[a] as number, moment);
      });
      return curve;
    }),
    leverages: Float64Array.from(rows, (row, k) => (recency[k] as number) * dotProduct(row, pulls[k] as Float64Array)),
    solve,
    priorShare,
  };
}

/** Inverts the sum of X'DX (row-major, the lower half) and the priors' precisions Λ; overwrites the former. */
export function invertRidge(gram: Float64Array, p: number): Pick<EventRidge, 'solve' | 'priorShare'> {
  for (let a = 0; a < p; a++)
    gram[a * p + a] = (gram[a * p + a] as number) + (a === 0 ? interceptPrecision : featurePrecision);
  const inverse = invert(gram, p);
  return {
    solve: x => Float64Array.from(inverse, row => dotProduct(row, x)),
    priorShare: pull => interceptPrecision * (pull[0] as number),
  };
}

/** X'DX, the lower half, row-major. */
function gramOf(rows: readonly Float64Array[], recency: Float64Array, p: number): Float64Array {
  const gram = new Float64Array(p * p);
  rows.forEach((row, k) => {
    for (let a = 0; a < p; a++) {
      const weighted = (recency[k] as number) * (row[a] as number);
      for (let b = 0; b <= a; b++) gram[a * p + b] = (gram[a * p + b] as number) + weighted * (row[b] as number);
    }
  });
  return gram;
}

/** The rows of the inverse of a symmetric matrix. */
function invert(matrix: Float64Array, p: number): readonly Float64Array[] {
  const rows = Array.from({ length: p }, (_, a) => new Float64Array(p).fill(1, a, a + 1));
  solveSymmetric(matrix, p, rows);
  return rows;
}
