import { dotProduct } from '../../statistics/dot-product.ts';
import type { EventRidge } from './event-ridge.ts';

/**
 * The last minutes before the start as one more column of a ridge, without fitting the ridge again: only the part of
 * the column that the others do not explain counts.
 * @see Frisch & Waugh (1933), Partial Time Regressions as Compared with Individual Trends, Econometrica 1(4)
 */
export interface AnchorColumn {
  /** The column less what the other columns explain of it, one value per past event; 0 where unknown. */
  readonly rest: Float64Array;
  /** The same for the event to forecast. */
  readonly own: number;
  /** Weighted sum of squares of the column's rest, plus its prior's precision. */
  readonly weight: number;
  /** Part of the prior in the column's coefficient, times `weight`. */
  readonly priorShare: number;
}

const anchorPrecision = 0.5;

/**
 * The column of `anchor` (demand of the last minutes less the level, one value per event, the event to forecast last;
 * NaN = unknown), whose regressors are `row`. Undefined when the event's own last minutes are unknown.
 */
export function anchorColumn(ridge: EventRidge, anchor: Float64Array, row: Float64Array): AnchorColumn | undefined {
  const { rows, recency } = ridge;
  if (Number.isNaN(anchor[rows.length])) return undefined;
  const known = anchor.subarray(0, rows.length).filter(value => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const values = anchor.map(value => (Number.isNaN(value) ? 0 : value - mean));
  const explained = new Float64Array(row.length);
  rows.forEach((other, k) => {
    const weighted = (recency[k] as number) * (values[k] as number);
    for (let a = 0; a < explained.length; a++)
      explained[a] = (explained[a] as number) + weighted * (other[a] as number);
  });
  const coefficients = ridge.solve(explained);
  const rest = Float64Array.from(rows, (other, k) => (values[k] as number) - dotProduct(other, coefficients));
  let weight = anchorPrecision;
  for (let k = 0; k < rest.length; k++) weight += (recency[k] as number) * (values[k] as number) * (rest[k] as number);
  return {
    rest,
    own: (values[rows.length] as number) - dotProduct(row, coefficients),
    weight,
    priorShare: -ridge.priorShare(coefficients),
  };
}
