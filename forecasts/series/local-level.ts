import { medianOf } from '../statistics/median.ts';
import { medianAbsoluteChange } from '../statistics/median-absolute-change.ts';
import type { Samples } from './samples.ts';

/**
 * Level of a series relative to its profile, per step: exponentially weighted means of the residuals with half-lives of
 * a day (slow), six hours (middle) and an hour (fast). Constant through gaps and masked events.
 */
export interface LocalLevel {
  /** Level known at the END of each step, on the model's scale; one value per step. */
  readonly slow: Track;
  readonly middle: Track;
  readonly fast: Track;
  /** Distance from the level to which a residual is clipped; 0 = no limit. */
  readonly clip: number;
}

/** One exponentially weighted mean along a series. */
export interface Track {
  readonly values: Float64Array;
  readonly halfLifeMs: number;
  /** Mean after the last step. */
  readonly level: number;
  /** Total weight of the values in the mean. */
  readonly weight: number;
}

const hourMs = 3_600_000;
/** Number of steps used for the clip limit at most, evenly spaced. */
const mostSampled = 2000;

/** Computes the levels. `residuals`: scaled samples less their profile, NaN where masked or missing. */
export function trackLevel(residuals: Samples): LocalLevel {
  const clip = clipLimit(residuals.values);
  const level = firstLevel(residuals.values);
  const start = (hours: number, steps: number) =>
    advance(residuals, clip, {
      halfLifeMs: Math.max(hours * hourMs, steps * residuals.stepMs),
      level,
      weight: 0,
    });
  return { slow: start(24, 5), middle: start(6, 3), fast: start(1, 1), clip };
}

/** Continues the levels through newer residuals. */
export function carryLevel({ slow, middle, fast, clip }: LocalLevel, residuals: Samples): LocalLevel {
  const carry = (track: Track) => advance(residuals, clip, track);
  return { slow: carry(slow), middle: carry(middle), fast: carry(fast), clip };
}

/** A mean after the last step, without its course: all that carrying it on takes. */
export function withoutCourse(track: Track): Track {
  return { ...track, values: new Float64Array(0) };
}

/** Forecast of the level `aheadMs` ahead: the fast level fades to the slow one with a half-life of three hours. */
export function levelAhead(slow: number, fast: number, aheadMs: number): number {
  return slow + (fast - slow) * fastShare(aheadMs);
}

/** Weight (0–1) of the fast level in a forecast `aheadMs` ahead. */
export function fastShare(aheadMs: number): number {
  return 2 ** (-Math.max(0, aheadMs) / (3 * hourMs));
}

/** Clip limit: six robust standard deviations of the step-to-step changes or of the values, whichever is larger. */
function clipLimit(values: Float64Array): number {
  const stride = Math.max(1, Math.floor(values.length / mostSampled));
  const change = medianAbsoluteChange(values, stride);
  const scratch = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) scratch[count++] = value;
  }
  const middle = medianOf(scratch, count);
  for (let i = 0; i < count; i++) scratch[i] = Math.abs((scratch[i] as number) - middle);
  const spread = count === 0 ? 0 : medianOf(scratch, count);
  return 6 * 1.4826 * Math.max(change, spread);
}

/** Continues one mean; residuals are clipped to `clip` from the level, so that outliers count less. */
function advance(residuals: Samples, clip: number, from: Omit<Track, 'values'>): Track {
  const keep = 2 ** (-residuals.stepMs / from.halfLifeMs);
  const measured = residuals.values;
  const values = new Float64Array(measured.length);
  let { level, weight } = from;
  for (let i = 0; i < values.length; i++) {
    const value = measured[i] as number;
    weight = Math.max(1e-6, weight * keep);
    if (!Number.isNaN(value)) {
      const clipped = clip > 0 ? Math.min(level + clip, Math.max(level - clip, value)) : value;
      level = (level * weight + clipped) / (weight + 1);
      weight += 1;
    }
    values[i] = level;
  }
  return { values, halfLifeMs: from.halfLifeMs, level, weight };
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
