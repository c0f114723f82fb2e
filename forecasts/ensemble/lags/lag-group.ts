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
