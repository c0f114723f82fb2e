/**
 * Quickselect: the number of this rank (0 = smallest), which must lie between `from` (inclusive) and `to` (exclusive).
 * Numbers must not be NaN and are reordered: smaller ones before it, larger ones after it. Linear time on average, no
 * allocation.
 */
export function selectRank(values: Float64Array, rank: number, { from, to }: { from: number; to: number }): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i <= j) {
        const swapped = values[i] as number;
        values[i] = values[j] as number;
        values[j] = swapped;
        i++;
        j--;
      }
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank] as number;
}
