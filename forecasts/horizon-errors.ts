import { memoize } from './memoize.ts';
import type { LocalLevel } from './series/local-level.ts';
import { fastShare } from './series/local-level.ts';
import type { Samples } from './series/samples.ts';
import { quantileOf } from './statistics/sample-quantile.ts';
import { studentQuantile } from './statistics/student-quantile.ts';

/**
 * Quantiles of forecast errors on the model's scale: the offset to add to the scaled point forecast `aheadMs` ahead,
 * for a quantile `level`. Ascends with the level.
 */
export type HorizonErrors = (level: number) => (aheadMs: number) => number;

const minuteMs = 60_000;
const horizonsMs = [1, 15, 60, 180, 480, 1440, 3 * 1440, 7 * 1440, 28 * 1440].map(minutes => minutes * minuteMs);
const pairsPerHorizon = 1500;
/** Standard deviation of log demand without any data: a factor of e^±0.3. */
const priorSpread = 0.3;
const priorWeight = 4;
const mostGrowth = 3;

/** The errors at one horizon. */
interface Horizon {
  readonly aheadMs: number;
  readonly errors: Float64Array;
  /** Number of non-overlapping stretches of this length in the history. */
  readonly independent: number;
}

/**
 * The errors of "profile + level" in its own history, for horizons from one step to four weeks. A horizon is used when
 * the history is at least three times as long; beyond the last one the spread grows with the square root of the
 * horizon. `inflation` ≥ 1 corrects for a profile that was fitted on the same days.
 */
export function learnHorizonErrors(residuals: Samples, level: LocalLevel, inflation: number): HorizonErrors {
  const horizons = horizonsOf(residuals, level, inflation);
  return horizons.length === 0 ? priorErrors(residuals.values.length) : errorsOver(horizons);
}

/** Keeps the horizons alone: the history that they were learned from would stay in memory with them. */
function errorsOver(horizons: readonly Horizon[]): HorizonErrors {
  return memoize(level => interpolate(horizons, level));
}

function horizonsOf(residuals: Samples, level: LocalLevel, inflation: number): readonly Horizon[] {
  return horizonsMs.flatMap(aheadMs => {
    const ahead = Math.round(aheadMs / residuals.stepMs);
    if (ahead < 1 || ahead * 3 > residuals.values.length) return [];
    const errors = errorsAhead(residuals, level, ahead, inflation);
    return errors.length === 0
      ? []
      : [{ aheadMs: ahead * residuals.stepMs, errors, independent: residuals.values.length / ahead }];
  });
}

/** Errors without enough data: a random walk in log demand, Student's t with 3 to 30 degrees of freedom. */
export function priorErrors(observations: number): HorizonErrors {
  return level => {
    const t = studentQuantile(level, Math.max(3, Math.min(30, observations)));
    return aheadMs => {
      const hours = Math.max(0, aheadMs) / (60 * minuteMs);
      return t * priorSpread * Math.min(mostGrowth, Math.sqrt(0.3 + hours / 6));
    };
  };
}

function errorsAhead(residuals: Samples, level: LocalLevel, ahead: number, inflation: number): Float64Array {
  const { values, stepMs } = residuals;
  const stride = Math.max(1, Math.floor((values.length - ahead) / pairsPerHorizon));
  const errors = new Float64Array(Math.ceil((values.length - ahead) / stride));
  const slow = level.slow.values;
  const fast = level.fast.values;
  const share = fastShare(ahead * stepMs);
  let count = 0;
  for (let i = values.length - 1; i >= ahead; i -= stride) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const expected = (slow[i - ahead] as number) * (1 - share) + (fast[i - ahead] as number) * share;
    errors[count++] = inflation * (value - expected);
  }
  return errors.subarray(0, count);
}

function interpolate(horizons: readonly Horizon[], level: number): (aheadMs: number) => number {
  const offsets = horizons.map(horizon => offsetAt(horizon, level));
  const logs = horizons.map(horizon => Math.log(horizon.aheadMs));
  const last = horizons.length - 1;
  return aheadMs => {
    const log = Math.log(Math.max(1, aheadMs));
    const lastLog = logs[last] as number;
    if (log >= lastLog) return (offsets[last] as number) * Math.min(mostGrowth, Math.exp((log - lastLog) / 2));
    let upper = 0;
    while ((logs[upper] as number) < log) upper++;
    if (upper === 0) return offsets[0] as number;
    const from = logs[upper - 1] as number;
    const share = (log - from) / ((logs[upper] as number) - from);
    return (offsets[upper - 1] as number) * (1 - share) + (offsets[upper] as number) * share;
  };
}

/** The error quantile at one horizon. With fewer than twenty independent stretches the prior's spread is mixed in. */
function offsetAt({ errors, independent }: Horizon, level: number): number {
  const empirical = quantileOf(errors, level);
  if (independent >= 20) return empirical;
  let squares = 0;
  for (const error of errors) squares += error * error;
  const variance = squares / errors.length;
  const spread = Math.sqrt((priorWeight * priorSpread ** 2 + independent * variance) / (priorWeight + independent));
  const assumed = studentQuantile(level, priorWeight + independent) * spread;
  const share = independent / (independent + priorWeight);
  return share * empirical + (1 - share) * assumed;
}
