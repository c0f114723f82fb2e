import type { Forecast } from '../../forecasts/index.ts';
import { forecastLevels } from './levels.ts';

/** Requests a second over a stretch of time, one row a level of `forecastLevels`, one value a step. */
export interface Curve {
  /** Epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly values: readonly (readonly number[])[];
}

/** The curve of a forecast; a level that it lacks is taken from the next one above, which is never too low. */
export function curveOf(forecast: Forecast): Curve {
  const { start, stepSeconds, point, quantiles } = forecast;
  const row = (level: number) => quantiles.find(quantile => quantile.level >= level - 1e-9) ?? quantiles.at(-1);
  return { start, stepSeconds, values: forecastLevels.map(level => row(level)?.values ?? point) };
}

/**
 * The same demand on the steps of `grid`; 0 where the curve does not reach. Where steps differ, a step takes the highest
 * value that it touches: never too low.
 */
export function onGrid(curve: Curve, grid: Curve): Curve {
  const { start, stepSeconds } = grid;
  if (curve.start === start && curve.stepSeconds === stepSeconds && stepsOf(curve) === stepsOf(grid)) return curve;
  return {
    start,
    stepSeconds,
    values: curve.values.map(row =>
      Array.from({ length: stepsOf(grid) }, (_, step) => highestWithin(row, curve, grid, step)),
    ),
  };
}

/** The sum, level by level and step by step, on the steps of the first. */
export function addCurves(first: Curve, ...others: readonly Curve[]): Curve {
  return others.reduce((sum, other) => combine(sum, onGrid(other, sum), (a, b) => a + b), first);
}

/** The larger of the two, level by level and step by step, on the steps of the first. */
export function largerCurve(first: Curve, other: Curve): Curve {
  return combine(first, onGrid(other, first), Math.max);
}

/** The curve times a ratio ≥ 0. */
export function scaleCurve(curve: Curve, ratio: number): Curve {
  return { ...curve, values: curve.values.map(row => row.map(value => value * ratio)) };
}

/** Epoch ms at which a step begins. */
export function timeOf({ start, stepSeconds }: Curve, step: number): number {
  return start + step * stepSeconds * 1000;
}

/** The step that contains an instant; before the first it is 0 and after the last the number of steps. */
export function stepAt(curve: Curve, epochMs: number): number {
  const step = Math.floor((epochMs - curve.start) / (curve.stepSeconds * 1000));
  return Math.min(stepsOf(curve), Math.max(0, step));
}

/** How many steps the curve has. */
export function stepsOf({ values }: Curve): number {
  return values[0]?.length ?? 0;
}

/** Position of the highest value from `from` (inclusive) to `to` (exclusive), the earliest of equals. */
export function highestStep(row: readonly number[], from = 0, to = row.length): number {
  let highest = from;
  for (let step = from + 1; step < to; step++) {
    if ((row[step] ?? 0) > (row[highest] ?? 0)) highest = step;
  }
  return highest;
}

function combine(first: Curve, other: Curve, join: (a: number, b: number) => number): Curve {
  return {
    ...first,
    values: first.values.map((row, level) => row.map((value, step) => join(value, other.values[level]?.[step] ?? 0))),
  };
}

function highestWithin(row: readonly number[], curve: Curve, grid: Curve, step: number): number {
  const stepMs = curve.stepSeconds * 1000;
  const first = Math.max(0, Math.floor((timeOf(grid, step) - curve.start) / stepMs));
  const last = Math.min(row.length, Math.ceil((timeOf(grid, step + 1) - curve.start) / stepMs));
  let highest = 0;
  for (let index = first; index < last; index++) highest = Math.max(highest, row[index] ?? 0);
  return highest;
}
