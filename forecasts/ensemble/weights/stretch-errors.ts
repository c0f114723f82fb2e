import type { HorizonErrors } from '../../horizon-errors.ts';
import { quantileOf } from '../../statistics/sample-quantile.ts';

/** The ensemble's errors at inner origins, and the end of its horizon. */
export interface InnerErrors {
  /** Errors on the model's scale: one array per origin, one value per step of `stepMs`. */
  readonly farErrors: readonly Float64Array[];
  readonly stepMs: number;
  /** Horizon from which the ensemble's errors fade, within `fadeMs`, to those of level × profile. */
  readonly farthestMs: number;
  readonly fadeMs: number;
}

const hourMs = 3_600_000;
const coveredShare = 0.9;
/** Correction factor: errors from few origins on few days are too small. Chosen together with the members' weights. */
const safety = 1.3;
/** Exponent (0–1) that shrinks the errors' shape over the horizon towards flat; the shape is a mean over ± 3 h. */
const shapeShare = 0.4;
const shapeReachMs = 3 * hourMs;
const leastStretch = 0.1;
const mostStretch = 5;

/**
 * Errors of level × profile, stretched until 90 % of the ensemble's errors at inner origins lie inside the central 90
 * %, times 1.3. Ascends with the level.
 */
export function stretchErrors(errors: HorizonErrors, inner: InnerErrors): HorizonErrors {
  const { farErrors, stepMs, farthestMs, fadeMs } = inner;
  const lower = errors((1 - coveredShare) / 2);
  const upper = errors((1 + coveredShare) / 2);
  const halfWidth = (aheadMs: number) => (upper(aheadMs) - lower(aheadMs)) / 2;
  const stretch = stretchOf(farErrors, stepMs, halfWidth);
  return level => {
    const offset = errors(level);
    return aheadMs => {
      const faded = share((aheadMs - farthestMs) / fadeMs);
      return offset(aheadMs) * (stretch(aheadMs) * (1 - faded) + faded);
    };
  };
}

function stretchOf(
  trials: readonly Float64Array[],
  stepMs: number,
  halfWidth: (aheadMs: number) => number,
): (aheadMs: number) => number {
  const widths = Float64Array.from(trials[0] ?? [], (_, i) => halfWidth((i + 1) * stepMs));
  const sizes = trials.map(trial => trial.map((error, i) => Math.abs(error) / (widths[i] as number)));
  const shape = shapeOf(sizes, Math.round(shapeReachMs / stepMs));
  const stretch = quantileOf(levelled(sizes, shape), coveredShare) * safety;
  return aheadMs => {
    const step = Math.max(0, Math.min(shape.length - 1, Math.round(aheadMs / stepMs) - 1));
    const here = stretch * (shape[step] as number);
    return Number.isFinite(here) ? Math.min(mostStretch, Math.max(leastStretch, here)) : 1;
  };
}

/** All finite sizes divided by the shape. */
function levelled(sizes: readonly Float64Array[], shape: Float64Array): Float64Array {
  const all = new Float64Array(sizes.length * shape.length);
  let count = 0;
  for (const size of sizes)
    for (let i = 0; i < shape.length; i++) {
      const value = (size[i] as number) / (shape[i] as number);
      if (Number.isFinite(value)) all[count++] = value;
    }
  return all.subarray(0, count);
}

/** Mean error size around each step ÷ mean error size overall, to the power of `shapeShare`. */
function shapeOf(sizes: readonly Float64Array[], reach: number): Float64Array {
  const steps = sizes[0]?.length ?? 0;
  const sums = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++)
    sums[i + 1] = sizes.reduce((sum, size) => sum + (size[i] as number), sums[i] as number);
  const mean = (from: number, to: number) => ((sums[to] as number) - (sums[from] as number)) / (to - from);
  const all = mean(0, steps);
  return sums.subarray(0, steps).map((_, i) => {
    const around = mean(Math.max(0, i - reach), Math.min(steps, i + reach + 1));
    return (around / all) ** shapeShare;
  });
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
