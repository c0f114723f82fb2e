/** Lag sets of regressions on one series, differenced alike: their Gram matrices are made of the same sums. */
export interface LagGroup {
  /** Value less the value this many steps before; 0 = the value itself. */
  readonly difference: number;
  /** In steps of the differenced series, each ascending. */
  readonly lagSets: readonly (readonly number[])[];
  readonly products: readonly Product[];
}

/** The series times itself some steps ago, and the elements of Gram matrices that are sums of it. */
interface Product {
  /** In steps; undefined = times one. */
  readonly distance: number | undefined;
  readonly cells: readonly Cell[];
}

/** One element: it multiplies the values `lag` and `lag` + distance steps ago. */
interface Cell {
  readonly set: number;
  readonly index: number;
  readonly lag: number;
}

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

/** Running sums are worked out so many at a time. */
const lanes = 4;

/** Plans once which sums of products the lag sets have in common. */
export function lagGroup(difference: number, lagSets: readonly (readonly number[])[]): LagGroup {
  const cells = new Map<number | undefined, Cell[]>();
  const add = (distance: number | undefined, cell: Cell) => cells.set(distance, [...(cells.get(distance) ?? []), cell]);
  lagSets.forEach((lags, set) => {
    const columns = [...lags, undefined, 0];
    columns.forEach((left, i) => {
      columns.slice(0, i + 1).forEach((right, j) => {
        const index = i * columns.length + j;
        if (left !== undefined && right !== undefined)
          add(Math.abs(left - right), { set, index, lag: Math.min(left, right) });
        else if (left !== right) add(undefined, { set, index, lag: left ?? right ?? 0 });
      });
    });
  });
  return { difference, lagSets, products: Array.from(cells, ([distance, of]) => ({ distance, cells: of })) };
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

/** The sums of a series' lag groups, each made when first asked for and then kept. */
export type LagSums = (group: LagGroup) => LagGrams;

/** `ends`: how many first steps of the series are to be fitted on. */
export function lagSums(scaled: Float64Array, ends: readonly number[]): LagSums {
  const kept = new Map<LagGroup, LagGrams>();
  return group => {
    const grams = kept.get(group) ?? lagGrams(scaled, ends, group);
    kept.set(group, grams);
    return grams;
  };
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
function factorsOf(values: Float64Array, products: readonly Product[]): readonly Float64Array[] {
  const farthest = Math.max(...products.map(({ distance }) => distance ?? 0));
  const padded = new Float64Array(farthest + values.length);
  padded.set(values, farthest);
  return products.map(({ distance }) =>
    distance === undefined ? new Float64Array(values.length).fill(1) : padded.subarray(farthest - distance),
  );
}

/**
 * sums[lanes·t + k] = Σ over s < t of v(s) times the factor `first` + k there. Several at once, because one running sum
 * alone spends its time waiting for its own additions.
 */
function sumProducts(values: Float64Array, factors: readonly Float64Array[], first: number, sums: Float64Array): void {
  const factor = (lane: number) => factors[Math.min(first + lane, factors.length - 1)] as Float64Array;
  const [a, b, c, d] = [factor(0), factor(1), factor(2), factor(3)];
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
  for (let t = 0, at = 0; t < values.length; t++, at += lanes) {
    sums[at] = sumA;
    sums[at + 1] = sumB;
    sums[at + 2] = sumC;
    sums[at + 3] = sumD;
    const value = values[t] as number;
    sumA += value * (a[t] as number);
    sumB += value * (b[t] as number);
    sumC += value * (c[t] as number);
    sumD += value * (d[t] as number);
  }
  sums.set([sumA, sumB, sumC, sumD], lanes * values.length);
}
