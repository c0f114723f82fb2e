/** Lag sets of regressions on one differenced series: their Gram matrices share the same sums. */
export interface LagGroup {
  /** Distance of the differences in steps; 0 = no differencing. */
  readonly difference: number;
  /** Lags in steps of the differenced series, each set ascending. */
  readonly lagSets: readonly (readonly number[])[];
  readonly products: readonly Product[];
}

/** The product of the series with its lagged self, and the Gram matrix elements that are sums of it. */
interface Product {
  /** Distance of the two factors in steps; undefined = the second factor is one. */
  readonly distance: number | undefined;
  readonly cells: readonly Cell[];
}

/** One element of a Gram matrix: the product of the values `lag` and `lag` + distance steps earlier. */
interface Cell {
  readonly set: number;
  readonly index: number;
  readonly lag: number;
}

/** Finds the sums of products that the lag sets share. */
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
