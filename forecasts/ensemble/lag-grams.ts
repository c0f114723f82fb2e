/** Lag sets of regressions on one series, differenced alike: their Gram matrices are made of the same sums. */
export interface LagGroup {
  /** Value less the value this many steps before; 0 = the value itself. */
  readonly difference: number;
  /** In steps of the differenced series, each ascending. */
  readonly lagSets: readonly (readonly number[])[];
  /** By distance between two lags, where its sums go. */
  readonly cells: ReadonlyMap<number, readonly Cell[]>;
}

/** The element of a Gram matrix that multiplies the series `lag` and `lag` + distance steps ago. */
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

/** Plans once which sums of products the lag sets have in common. */
export function lagGroup(difference: number, lagSets: readonly (readonly number[])[]): LagGroup {
  const cells = new Map<number, Cell[]>();
  lagSets.forEach((lags, set) => {
    const columns = columnsOf(lags);
    columns.forEach((left, i) => {
      columns.slice(0, i + 1).forEach((right, j) => {
        if (left === undefined || right === undefined) return;
        const distance = Math.abs(left - right);
        const cell = { set, index: i * columns.length + j, lag: Math.min(left, right) };
        cells.set(distance, [...(cells.get(distance) ?? []), cell]);
      });
    });
  });
  return { difference, lagSets, cells };
}

/**
 * Gram matrices of every lag set of the group over the first `ends[…]` steps of `scaled`. Two lags' products over one
 * stretch are those of any two lags as far apart over another, so one running sum a distance serves all sets and ends.
 */
export function lagGrams(scaled: Float64Array, ends: readonly number[], group: LagGroup): LagGrams {
  const { values, center } = differenced(scaled, group.difference);
  const lengths = ends.map(end => Math.max(0, end - group.difference));
  const grams = group.lagSets.map(lags => lengths.map(() => new Float64Array((lags.length + 2) ** 2)));
  const sums = new Float64Array(values.length + 1);
  const between = (set: number, end: number, lag: number) => {
    const longest = group.lagSets[set]?.at(-1) ?? 0;
    const length = lengths[end] as number;
    return length > longest ? (sums[length - lag] as number) - (sums[longest - lag] as number) : 0;
  };
  for (const [distance, cells] of group.cells) {
    sumProducts(values, distance, sums);
    for (const { set, index, lag } of cells)
      grams[set]?.forEach((gram, end) => {
        gram[index] = between(set, end, lag);
      });
  }
  sumValues(values, sums);
  group.lagSets.forEach((lags, set) => {
    const size = lags.length + 2;
    grams[set]?.forEach((gram, end) => {
      columnsOf(lags).forEach((lag, j) => {
        const ones = j < size - 1 ? (size - 2) * size + j : (size - 1) * size + size - 2;
        gram[ones] =
          lag === undefined ? Math.max(0, (lengths[end] as number) - (lags.at(-1) ?? 0)) : between(set, end, lag);
      });
    });
  });
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

/** Lags of the columns of a Gram matrix: undefined for the ones, 0 for the value itself. */
function columnsOf(lags: readonly number[]): readonly (number | undefined)[] {
  return [...lags, undefined, 0];
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

/** sums[t] = Σ over s < t of v(s)·v(s − distance), from s = distance on. */
function sumProducts(values: Float64Array, distance: number, sums: Float64Array): void {
  let sum = 0;
  for (let t = distance; t < values.length; t++) {
    sums[t] = sum;
    sum += (values[t] as number) * (values[t - distance] as number);
  }
  sums[values.length] = sum;
}

function sumValues(values: Float64Array, sums: Float64Array): void {
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    sums[t] = sum;
    sum += values[t] as number;
  }
  sums[values.length] = sum;
}
