import { selectRank } from './select-rank.ts';

/**
 * The median of the first `count` numbers of `scratch`, which it reorders; the mean of the middle two when `count` is even.
 * NaN when there are none.
 */
export function medianOf(scratch: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const middle = count >> 1;
  const upper = selectRank(scratch, count, middle);
  if (count % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < middle; i++) lower = Math.max(lower, scratch[i] as number);
  return (lower + upper) / 2;
}
