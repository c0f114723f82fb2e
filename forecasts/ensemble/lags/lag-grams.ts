import type { LagGroup } from './lag-group.ts';
import { lanes, sumProducts } from './sum-products.ts';

/** What all regressions on one differenced series share. */
export interface LagGrams {
  /** Differenced, and less `center`. */
  readonly values: Float64Array;
  readonly center: number;
  /**
   * The Gram matrix of a lag set over the rows within the first `end` steps, one of the ends asked for: columns the lags,
   * ones, and the value itself; row-major, the lower triangle. Not to be edited.
   */
  readonly gram: (set: number, end: number) => Float64Array;
}

/**
 * Gram matrices of every lag set of the group over the first `ends[…]` steps of `scaled`. Two lags' products over one
 * stretch are those of any two lags as far apart over another, so one running sum a distance serves all sets and ends.
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

/** All 0 but the product of the ones with themselves, which is the number of rows. */
function emptyGram(lags: readonly number[], length: number): Float64Array {
  const size = lags.length + 2;
  const gram = new Float64Array(size * size);
  gram[(size - 2) * (size + 1)] = Math.max(0, length - (lags.at(-1) ?? 0));
  return gram;
}

/** What the values are multiplied with, one array a product: themselves some steps ago (0 before the first), or ones. */
function factorsOf(values: Float64Array, products: LagGroup['products']): readonly Float64Array[] {
  const farthest = Math.max(...products.map(({ distance }) => distance ?? 0));
  const padded = new Float64Array(farthest + values.length);
  padded.set(values, farthest);
  return products.map(({ distance }) =>
    distance === undefined ? new Float64Array(values.length).fill(1) : padded.subarray(farthest - distance),
  );
}
