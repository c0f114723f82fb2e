import { selectRank } from './select-rank.ts';

/**
 * Sample quantile of ascending numbers at position (n + 1)·level, linear between neighbours, limited to the smallest
 * and largest number: a new error lies below the quantile of n past errors with probability `level`. NaN without
 * numbers.
 * @see Hyndman & Fan (1996), Sample Quantiles in Statistical Packages, type 6
 */
export function quantileOfSorted(sorted: Float64Array | readonly number[], level: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const position = Math.min(n, Math.max(1, (n + 1) * level)) - 1;
  const lower = Math.floor(position);
  const a = sorted[lower] as number;
  const b = sorted[Math.min(n - 1, lower + 1)] as number;
  return a + (position - lower) * (b - a);
}

/**
 * Sample quantile of unsorted numbers, as in {@link quantileOfSorted}; reorders them. Faster than sorting for few
 * levels.
 */
export function quantileOf(values: Float64Array, level: number): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const position = Math.min(n, Math.max(1, (n + 1) * level)) - 1;
  const lower = Math.floor(position);
  const a = selectRank(values, lower, { from: 0, to: n });
  if (lower + 1 >= n) return a;
  let b = Number.POSITIVE_INFINITY;
  for (let i = lower + 1; i < n; i++) b = Math.min(b, values[i] as number);
  return a + (position - lower) * (b - a);
}
