import type { Forecast, Quantile } from '../../../forecasts/index.ts';
import { costLevels, forecastLevels } from './levels.ts';

/** The times of a curve's steps. */
export interface Grid {
  /** Epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly steps: number;
}

/** Requests per second over time: one row per level, one value per step. */
export interface Curve extends Grid {
  /** Quantile levels of the rows, ascending. @default forecastLevels */
  readonly levels?: readonly number[];
  readonly rows: readonly Row[];
}

/** One level of a curve. */
export type Row = ArrayLike<number>;

/** Converts a forecast to a curve; a missing level is taken from the next higher one, which is never too low. */
export function curveOf({ start, stepSeconds, point, quantiles }: Forecast): Curve {
  const levels = quantiles.length > forecastLevels.length ? costLevels : forecastLevels;
  const rows = levels.map(level => quantileAbove(level, quantiles)?.values ?? point);
  return { start, stepSeconds, steps: point.length, levels, rows };
}

function quantileAbove(level: number, quantiles: Forecast['quantiles']): Quantile | undefined {
  for (const quantile of quantiles) if (quantile.level >= level - 1e-9) return quantile;
  return quantiles.at(-1);
}

/** The larger of two curves, level by level and step by step, on the steps of the first. */
export function largerCurve(first: Curve, other: Curve): Curve {
  const levels = levelsOf([first, other]);
  const rows = levels.map(level => {
    const row = rowOf(first, level);
    const beside = onGrid(other, first, level);
    return fillRow(row.length, step => Math.max(row[step] ?? 0, beside[step] ?? 0));
  });
  return { start: first.start, stepSeconds: first.stepSeconds, steps: first.steps, levels, rows };
}

/**
 * One level of a curve, in requests per second by step; where it has no such level the next higher one, which is never
 * too low, or its highest.
 */
export function rowOf({ levels = forecastLevels, rows }: Curve, level: number): Row {
  let index = 0;
  while (index < levels.length && (levels[index] ?? 0) < level - 1e-9) index += 1;
  return rows[index] ?? rows.at(-1) ?? [];
}

/** The levels that a result of some curves has: those of the curve that has most of them. */
export function levelsOf(curves: readonly Curve[]): readonly number[] {
  return curves.reduce<readonly number[]>(
    (most, { levels = forecastLevels }) => (levels.length > most.length ? levels : most),
    curves[0]?.levels ?? forecastLevels,
  );
}

/** Epoch ms at which a step begins. */
export function timeOf({ start, stepSeconds }: Grid, step: number): number {
  return start + step * stepSeconds * 1000;
}

/** Index of the step that contains an instant; 0 before the first step, the number of steps after the last. */
export function stepAt({ start, stepSeconds, steps }: Grid, epochMs: number): number {
  return Math.min(steps, Math.max(0, Math.floor((epochMs - start) / (stepSeconds * 1000))));
}

/** Index of the highest value from `from` (inclusive) to `to` (exclusive); the earliest of equal values. */
export function highestStep(row: Row, from = 0, to = row.length): number {
  let highest = from;
  let most = row[from] ?? 0;
  for (let step = from + 1; step < to; step++) {
    const value = row[step] ?? 0;
    if (value > most) {
      highest = step;
      most = value;
    }
  }
  return highest;
}

/** Whether two grids have the same steps. */
export function isSameGrid(one: Grid, other: Grid): boolean {
  return one.start === other.start && one.stepSeconds === other.stepSeconds && one.steps === other.steps;
}

/**
 * One level of a curve on the steps of `grid`; 0 where it does not reach. Where step lengths differ, a step takes the
 * highest value that it overlaps, which is never too low.
 */
export function onGrid(curve: Curve, grid: Grid, level: number): Row {
  const row = rowOf(curve, level);
  return isSameGrid(curve, grid) ? row : fillRow(grid.steps, step => highestWithin(row, curve, grid, step));
}

/** A row of the values of each step; `Float64Array.from` makes a list of them first. */
function fillRow(steps: number, valueAt: (step: number) => number): Float64Array {
  const row = new Float64Array(steps);
  for (let step = 0; step < steps; step++) row[step] = valueAt(step);
  return row;
}

function highestWithin(row: Row, curve: Grid, grid: Grid, step: number): number {
  const stepMs = curve.stepSeconds * 1000;
  const first = Math.max(0, Math.floor((timeOf(grid, step) - curve.start) / stepMs));
  const last = Math.min(row.length, Math.ceil((timeOf(grid, step + 1) - curve.start) / stepMs));
  let highest = 0;
  for (let index = first; index < last; index++) highest = Math.max(highest, row[index] ?? 0);
  return highest;
}
