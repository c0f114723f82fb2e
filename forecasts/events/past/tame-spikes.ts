const neighbours = 2;

/**
 * The values from `from` to `to` (exclusive), each limited to at most `reach` beyond its two neighbours on either side:
 * a real rush lasts longer than one step. Values with fewer than two measured neighbours are kept. NaN stays NaN.
 */
export function tameSpikes(values: Float64Array, from: number, to: number, reach: number): Float64Array {
  const tamed = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  for (let i = from; i < Math.min(to, values.length); i++) tamed[i - from] = tame(values, i, reach);
  return tamed;
}

function tame(values: Float64Array, i: number, reach: number): number {
  const value = values[i] as number;
  const end = Math.min(values.length, i + neighbours + 1);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let known = 0;
  for (let j = Math.max(0, i - neighbours); j < end; j++) {
    const beside = values[j] as number;
    if (j === i || Number.isNaN(beside)) continue;
    known++;
    if (beside < low) low = beside;
    if (beside > high) high = beside;
  }
  return known < 2 ? value : Math.min(high + reach, Math.max(low - reach, value));
}
