import { selectRank } from './select-rank.ts';

/** Number of values from which on sorting into buckets first is faster. */
const fewest = 64;
const buckets = 64;
/** Scratch memory, reused by all calls. */
const ends = new Int32Array(buckets);
let room = new Float64Array(512);

/**
 * The median of the first `count` numbers of `scratch`; the mean of the middle two when `count` is even, NaN when
 * `count` is 0. The numbers must not be NaN and are reordered.
 */
export function medianOf(scratch: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const middle = count >> 1;
  const upper = selectRank(scratch, middle, count < fewest ? { from: 0, to: count } : narrow(scratch, count, middle));
  if (count % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < middle; i++) lower = Math.max(lower, scratch[i] as number);
  return (lower + upper) / 2;
}

/**
 * Sorts into buckets, without branches that could be mispredicted; returns the range of the bucket that holds the rank.
 */
function narrow(values: Float64Array, count: number, rank: number): { from: number; to: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    least = Math.min(least, values[i] as number);
    most = Math.max(most, values[i] as number);
  }
  const scale = (buckets - 1) / (most - least);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return { from: 0, to: count };
  sortIntoBuckets(values, count, { least, scale });
  let bucket = 0;
  while ((ends[bucket] as number) <= rank) bucket++;
  return { from: bucket === 0 ? 0 : (ends[bucket - 1] as number), to: ends[bucket] as number };
}

/** Sorts the values into buckets and writes the end index of each bucket into `ends`. */
function sortIntoBuckets(
  values: Float64Array,
  count: number,
  { least, scale }: { readonly least: number; readonly scale: number },
): void {
  ends.fill(0);
  for (let i = 0; i < count; i++) {
    const bucket = (((values[i] as number) - least) * scale) | 0;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  let start = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const size = ends[bucket] as number;
    ends[bucket] = start;
    start += size;
  }
  if (room.length < count) room = new Float64Array(2 * count);
  const sorted = room;
  for (let i = 0; i < count; i++) {
    const bucket = (((values[i] as number) - least) * scale) | 0;
    const at = ends[bucket] as number;
    sorted[at] = values[i] as number;
    ends[bucket] = at + 1;
  }
  for (let i = 0; i < count; i++) values[i] = sorted[i] as number;
}
