import type { LagGroup } from './lag-group.ts';
import { lanes, sumProducts } from './sum-products.ts';

/** The data shared by all regressions on one differenced series. */
export interface LagGrams {
  /** The differenced series less `center`. */
  readonly values: Float64Array;
  /** Mean of the differenced series. */
  readonly center: number;
  /**
   * The Gram matrix of a lag set over the rows within the first `end` steps, `end` being one of the given ends.
   * Columns: the lags, ones, and the value itself; row-major, lower triangle. Callers must not change it.
   */
  readonly gram: (set: number, end: number) => Float64Array;
}

/**
 * Gram matrices of every lag set of the group over the first `ends[…]` steps of `scaled`. The products of two lags
 * depend only on their distance and on the range of rows, so one running sum per distance serves all sets and ends.
 */
export function lagGrams(scaled: Float64Array, ends: readonly number[], group: LagGroup): LagGrams {
  const { lagSets, products, difference } = group;
  const { values, center } = differenced(scaled, difference);
  const lengths = ends.map(end => Math.max(0, end - difference));
  const grams = lagSets.map(lags => lengths.map(length => emptyGram(lags, length)));
  const factors = factorsOf(values, products);
  const sums = new Float64Array(lanes * (values.length + 1));
  for (let first = 0; first < products.length; first += lanes) {
    sumProducts(values, factors, first, sums);
    for (let lane = 0; lane < lanes; lane++) {
      for (const { set, index, lag } of products[first + lane]?.cells ?? []) {
        const from = (lagSets[set]?.at(-1) ?? 0) - lag;
        for (let end = 0; end < lengths.length; end++) {
          const to = (lengths[end] as number) - lag;
          const gram = grams[set]?.[end] as Float64Array;
          if (to > from) gram[index] = (sums[lanes * to + lane] as number) - (sums[lanes * from + lane] as number);
        }
      }
    }
  }
  return { values, center, gram: (set, end) => grams[set]?.[ends.indexOf(end)] as Float64Array };
}

function differenced(scaled: Float64Array, difference: number): Pick<LagGrams, 'values' | 'center'> {
  const values = new Float64Array(Math.max(0, scaled.length - difference));
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    const value = (scaled[t + difference] as number) - (difference === 0 ? 0 : (scaled[t] as number));
    values[t] = value;
    sum += value;
  }
  const center = values.length === 0 ? 0 : sum / values.length;
  for (let t = 0; t < values.length; t++) values[t] = (values[t] as number) - center;
  return { values, center };
}

/** A Gram matrix of zeros, except for the product of the ones with themselves: the number of rows. */
function emptyGram(lags: readonly number[], length: number): Float64Array {
  const size = lags.length + 2;
  const gram = new Float64Array(size * size);
  gram[(size - 2) * (size + 1)] = Math.max(0, length - (lags.at(-1) ?? 0));
  return gram;
}

/** The second factor of each product: the values some steps earlier (0 before the first), or ones. */
function factorsOf(values: Float64Array, products: LagGroup['products']): readonly Float64Array[] {
  const farthest = Math.max(...products.map(({ distance }) => distance ?? 0));
  const padded = new Float64Array(farthest + values.length);
  padded.set(values, farthest);
  return products.map(({ distance }) =>
    distance === undefined ? new Float64Array(values.length).fill(1) : padded.subarray(farthest - distance),
  );
}
