import { medianOf } from '../statistics/median.ts';
import { medianAbsoluteChange } from '../statistics/median-absolute-change.ts';
import type { Samples } from './samples.ts';

/**
 * Where a series stands beside its profile, at every step: exponentially weighted means of the unmasked residuals, a
 * slow one (a day), a middle one (six hours) and a fast one (an hour). Through a gap or a masked event they stand still.
 */
export interface LocalLevel {
  /** One value a step: the level known at the END of that step, on the model's scale. */
  readonly slow: Track;
  readonly middle: Track;
  readonly fast: Track;
  /** A step further from its level than this counts only so far; 0 = no limit. */
  readonly clip: number;
}

export interface Track {
  readonly values: Float64Array;
  readonly halfLifeMs: number;
  /** Where it stands after the last step, to be carried on. */
  readonly level: number;
  readonly weight: number;
}

const hourMs = 3_600_000;
/** What is usual shows in so many steps, evenly over a longer history. */
const mostLooks = 2000;

/** `residuals` are scaled samples less their profile; NaN where masked or missing. */
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

/** The levels through newer residuals that follow the ones tracked so far. */
export function carryLevel({ slow, middle, fast, clip }: LocalLevel, residuals: Samples): LocalLevel {
  const carry = (track: Track) => advance(residuals, clip, track);
  return { slow: carry(slow), middle: carry(middle), fast: carry(fast), clip };
}

/** The level the next `aheadMs` will bring: what the last hour showed fades to the slow level with a half-life of three hours. */
export function levelAhead(slow: number, fast: number, aheadMs: number): number {
  return slow + (fast - slow) * fastShare(aheadMs);
}

/** How much (0–1) of what the last hour showed is left `aheadMs` ahead. */
export function fastShare(aheadMs: number): number {
  return 2 ** (-Math.max(0, aheadMs) / (3 * hourMs));
}

/** Six times what a step usually differs from its neighbour or from the middle, whichever is more. */
function clipLimit(values: Float64Array): number {
  const stride = Math.max(1, Math.floor(values.length / mostLooks));
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

/** A single wild step counts as far as `clip` beside the level; a true shift arrives a little later. */
function advance(residuals: Samples, clip: number, from: Omit<Track, 'values'>): Track {
  const keep = 2 ** (-residuals.stepMs / from.halfLifeMs);
  const measured = residuals.values;
  const values = new Float64Array(measured.length);
  let { level, weight } = from;
  for (let i = 0; i < values.length; i++) {
    const value = measured[i] as number;
    weight = Math.max(1e-6, weight * keep);
    if (!Number.isNaN(value)) {
      const sturdy = clip > 0 ? Math.min(level + clip, Math.max(level - clip, value)) : value;
      level = (level * weight + sturdy) / (weight + 1);
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
