import { type Curve, type Grid, isSameGrid, levelsOf, onGrid, type Row, rowOf, stepAt } from './curve.ts';
import { zeroRow } from './zero-row.ts';

/** A curve with its weight in a sum. */
export interface WeightedCurve {
  readonly curve: Curve;
  /** @default 1 */
  readonly ratio?: number;
}

/**
 * Adds curves level by level on the steps of `grid`; 0 where none of them reaches, and what `onGrid` says where step
 * lengths differ. The sum is made when its rows are read: most of what callers pass on is only added to another sum.
 */
export function sumCurves(grid: Grid, parts: readonly WeightedCurve[]): Curve {
  return new CurveSum(grid, parts);
}

/** The sum of one level of each curve on the steps of `grid`, in requests per second by step. */
export function sumLevel(
  grid: Grid,
  curves: readonly { readonly curve: Curve; readonly level: number }[],
): Float64Array {
  const sum = new Float64Array(grid.steps);
  for (const { curve, level } of curves) {
    const addend = addendOf({ curve }, grid);
    addTo(sum, onGrid(addend.curve, grid, level), addend);
  }
  return sum;
}

/** The value of one level at an instant (epoch ms), in requests per second; 0 after the last step. */
export function valueAt(curve: Curve, level: number, epochMs: number): number {
  const step = stepAt(curve, epochMs);
  const only = curve instanceof CurveSum ? curve.onlyPart(curve) : undefined;
  if (only === undefined || !isSameGrid(only.curve, curve)) return rowOf(curve, level)[step] ?? 0;
  return (only.ratio ?? 1) * (rowOf(only.curve, level)[step] ?? 0);
}

class CurveSum implements Curve {
  readonly start: number;
  readonly stepSeconds: number;
  readonly steps: number;
  readonly levels: readonly number[];
  readonly parts: readonly WeightedCurve[];
  #rows: readonly Row[] | undefined;

  constructor({ start, stepSeconds, steps }: Grid, parts: readonly WeightedCurve[]) {
    this.start = start;
    this.stepSeconds = stepSeconds;
    this.steps = steps;
    this.levels = levelsOf(parts.map(({ curve }) => curve));
    this.parts = parts;
  }

  get rows(): readonly Row[] {
    this.#rows ??= this.#made();
    return this.#rows;
  }

  /** The only part of a sum that is not made yet and stands on `grid`; undefined for any other sum. */
  onlyPart(grid: Grid): WeightedCurve | undefined {
    return this.#rows === undefined && this.parts.length === 1 && isSameGrid(this, grid) ? this.parts[0] : undefined;
  }

  #made(): readonly Row[] {
    const addends = this.parts.map(part => addendOf(part, this));
    return this.levels.map(level => {
      const sum = zeroRow(this.steps);
      for (const addend of addends) addTo(sum, onGrid(addend.curve, this, level), addend);
      return sum;
    });
  }
}

/** A curve and the weights by which it is multiplied, one after the other as in the sums that it comes from. */
interface Addend {
  readonly curve: Curve;
  readonly first: number;
  readonly second: number;
}

function addendOf({ curve, ratio = 1 }: WeightedCurve, grid: Grid): Addend {
  const only = curve instanceof CurveSum ? curve.onlyPart(grid) : undefined;
  return only === undefined
    ? { curve, first: 1, second: ratio }
    : { curve: only.curve, first: only.ratio ?? 1, second: ratio };
}

function addTo(sum: Float64Array, row: Row, { first, second }: Pick<Addend, 'first' | 'second'>): void {
  for (let step = 0; step < sum.length; step++) sum[step] = (sum[step] ?? 0) + second * (first * (row[step] ?? 0));
}
