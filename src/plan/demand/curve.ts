import type { Forecast } from '../../../forecasts/index.ts';
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

/** A curve with its weight in a sum. */
export interface WeightedCurve {
  readonly curve: Curve;
  /** @default 1 */
  readonly ratio?: number;
}

/** Converts a forecast to a curve; a missing level is taken from the next higher one, which is never too low. */
export function curveOf({ start, stepSeconds, point, quantiles }: Forecast): Curve {
  const quantileOf = (level: number) => quantiles.find(one => one.level >= level - 1e-9) ?? quantiles.at(-1);
  const levels = quantiles.length > forecastLevels.length ? costLevels : forecastLevels;
  const rows = levels.map(level => quantileOf(level)?.values ?? point);
  return { start, stepSeconds, steps: point.length, levels, rows };
}

/**
 * Adds curves level by level on the steps of `grid`; 0 where none of them reaches. Where step lengths differ, a step
 * takes the highest value that it overlaps, which is never too low.
 */
export function sumCurves(grid: Grid, parts: readonly WeightedCurve[]): Curve {
  const levels = levelsOf(parts.map(({ curve }) => curve));
  const rows = levels.map(level => {
    const sum = new Float64Array(grid.steps);
    for (const { curve, ratio = 1 } of parts) {
      const row = onGrid(curve, grid, level);
      for (let step = 0; step < sum.length; step++) sum[step] = (sum[step] ?? 0) + ratio * (row[step] ?? 0);
    }
    return sum;
  });
  return { start: grid.start, stepSeconds: grid.stepSeconds, steps: grid.steps, levels, rows };
}

/** The larger of two curves, level by level and step by step, on the steps of the first. */
export function largerCurve(first: Curve, other: Curve): Curve {
  const levels = levelsOf([first, other]);
  const rows = levels.map(level => {
    const beside = onGrid(other, first, level);
    return Float64Array.from(rowOf(first, level), (value, step) => Math.max(value, beside[step] ?? 0));
  });
  return { ...first, levels, rows };
}

/**
 * One level of a curve, in requests per second by step; where it has no such level the next higher one, which is never
 * too low, or its highest.
 */
export function rowOf({ levels = forecastLevels, rows }: Curve, level: number): Row {
  const index = levels.findIndex(one => one >= level - 1e-9);
  return rows[index] ?? rows.at(-1) ?? [];
}

/** A curve that has one level of another only, as its only row. */
export function atLevel(curve: Curve, level: number): Curve {
  return { ...curve, levels: [level], rows: [rowOf(curve, level)] };
}

/** The levels that a result of some curves has: those of the curve that has most of them. */
function levelsOf(curves: readonly Curve[]): readonly number[] {
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
  for (let step = from + 1; step < to; step++) {
    if ((row[step] ?? 0) > (row[highest] ?? 0)) highest = step;
  }
  return highest;
}

function onGrid(curve: Curve, grid: Grid, level: number): Row {
  const row = rowOf(curve, level);
  const isSame = curve.start === grid.start && curve.stepSeconds === grid.stepSeconds && curve.steps === grid.steps;
  return isSame ? row : Float64Array.from({ length: grid.steps }, (_, step) => highestWithin(row, curve, grid, step));
}

function highestWithin(row: Row, curve: Grid, grid: Grid, step: number): number {
  const stepMs = curve.stepSeconds * 1000;
  const first = Math.max(0, Math.floor((timeOf(grid, step) - curve.start) / stepMs));
  const last = Math.min(row.length, Math.ceil((timeOf(grid, step + 1) - curve.start) / stepMs));
  let highest = 0;
  for (let index = first; index < last; index++) highest = Math.max(highest, row[index] ?? 0);
  return highest;
}
