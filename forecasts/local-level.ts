import { medianOf } from './median.ts';
import type { Samples } from './samples.ts';

/**
 * Where a series stands beside its profile, at every step: exponentially weighted means of the unmasked residuals, a
 * slow one (a day), a middle one (six hours) and a fast one (an hour). Through a gap or a masked event they stand still.
 */
export interface LocalLevel {
  /** One value a step: the level known at the END of that step, on the model's scale. */
  readonly slow: Float64Array;
  readonly middle: Float64Array;
  readonly fast: Float64Array;
  /** Robust spread of the steps around the slow level (1.4826 × the median absolute deviation). */
  readonly spread: number;
}

const hourMs = 3_600_000;

/** `residuals` are scaled samples less their profile; NaN where masked or missing. */
export function trackLevel(residuals: Samples): LocalLevel {
  const limits = clipLimits(residuals.values);
  const track = (hours: number, steps: number) =>
    trackOne(residuals, Math.max(hours * hourMs, steps * residuals.stepMs), limits.clip);
  return { slow: track(24, 5), middle: track(6, 3), fast: track(1, 1), spread: limits.spread };
}

/** The level the next `aheadMs` will bring: what the last hour showed fades to the slow level with a half-life of three hours. */
export function levelAhead(slow: number, fast: number, aheadMs: number): number {
  return slow + (fast - slow) * 2 ** (-Math.max(0, aheadMs) / (3 * hourMs));
}

function clipLimits(values: Float64Array): { clip: number; spread: number } {
  const scratch = new Float64Array(values.length);
  let count = 0;
  for (let i = 1; i < values.length; i++) {
    const change = (values[i] as number) - (values[i - 1] as number);
    if (!Number.isNaN(change)) scratch[count++] = Math.abs(change);
  }
  const change = count === 0 ? 0 : 1.4826 * medianOf(scratch, count);
  count = 0;
  for (const value of values) if (!Number.isNaN(value)) scratch[count++] = value;
  const middle = medianOf(scratch, count);
  for (let i = 0; i < count; i++) scratch[i] = Math.abs((scratch[i] as number) - middle);
  const spread = count === 0 ? 0 : 1.4826 * medianOf(scratch, count);
  return { clip: 6 * Math.max(change, spread), spread };
}

/** A single wild step counts as far as `clip` beside the level; a true shift arrives a little later. */
function trackOne(residuals: Samples, halfLifeMs: number, clip: number): Float64Array {
  const { values, stepMs } = residuals;
  const keep = 2 ** (-stepMs / halfLifeMs);
  const levels = new Float64Array(values.length);
  let level = firstLevel(values);
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    weight = Math.max(1e-6, weight * keep);
    if (!Number.isNaN(value)) {
      const sturdy = clip > 0 ? Math.min(level + clip, Math.max(level - clip, value)) : value;
      level = (level * weight + sturdy) / (weight + 1);
      weight += 1;
    }
    levels[i] = level;
  }
  return levels;
}

function firstLevel(values: Float64Array): number {
  const scratch = new Float64Array(12);
  let count = 0;
  for (let i = 0; i < values.length && count < scratch.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) scratch[count++] = value;
  }
  return count === 0 ? 0 : medianOf(scratch, count);
}
