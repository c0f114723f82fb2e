import { effectiveCount } from '../statistics/effective-count.ts';
import { readCurve } from './event-clock.ts';
import { fadeAhead, pastCorrections } from './live-correction.ts';
import type { Uplift } from './uplift.ts';
import type { UpliftSpread } from './uplift-spread.ts';

const minuteMs = 60_000;
/** Past errors within ± this time of the minute to forecast are pooled. */
const poolMs = 10 * minuteMs;
/** Number of knots to pool at most. */
const mostKnots = 9;
/** Prior spread of a corrected curve, a random walk: 0.02 + 0.037 · √minutes ahead, at most `farSpread`. */
const stillSpread = 0.02;
const walkSpread = 0.037;
const farSpread = 0.3;
const priorEvents = 5;
const mostDegrees = 60;

/**
 * Scale and degrees of Student's t around a corrected curve, `aheadMs` after the newest actual value, at
 * `sinceStartMs`.
 */
export type LiveSpread = (
  aheadMs: number,
  sinceStartMs: number,
) => { readonly scale: number; readonly degrees: number };

/**
 * Spread of a running event's corrected curve: leave-one-out errors of past events, corrected in the same way, at the
 * same horizon and time of the event; mixed with a prior that grows with the root of the horizon, up to the spread
 * without correction. With horizons shorter than the pool each event counts as several observations.
 */
export function liveSpread(uplift: Uplift, before: UpliftSpread): LiveSpread {
  const { clock, weights, unit } = uplift;
  const squaresOff = poolSquares(uplift);
  const events = effectiveCount(weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (aheadMs, sinceStartMs) => {
    const minutes = Math.max(1, aheadMs / minuteMs);
    const uncorrected = readCurve(clock, before.scale, sinceStartMs);
    const walk = unit * (stillSpread + walkSpread * Math.sqrt(minutes));
    const prior = Math.min(walk, Math.max(uncorrected, unit * farSpread));
    const { count, squares } = squaresOff(aheadMs, sinceStartMs);
    const n = count > 0 ? events * Math.max(1, (2 * poolMs) / aheadMs) : 0;
    const seen = n > 0 ? squares / (total * count) : 0;
    const scale = Math.sqrt((priorEvents * prior ** 2 + n * seen) / (priorEvents + n));
    return { scale, degrees: Math.min(mostDegrees, priorEvents + n) };
  };
}

interface PooledSquares {
  /** Number of pooled knots. */
  readonly count: number;
  /** Σ weight · (error after correction)², over the past uplifts and these knots. */
  readonly squares: number;
}

/** Pools squared errors at the knots around a time, each forecast from the newest knot at least `aheadMs` earlier. */
function poolSquares(uplift: Uplift): (aheadMs: number, sinceStartMs: number) => PooledSquares {
  const { knots } = uplift.clock;
  const rowAt = cacheSquares(uplift);
  return (aheadMs, sinceStartMs) => {
    const first = firstAfter(knots, Math.max(sinceStartMs - poolMs, aheadMs));
    const end = firstAfter(knots, sinceStartMs + poolMs);
    const stride = Math.max(1, Math.ceil((end - first) / mostKnots));
    let origin = first < end ? firstAfter(knots, (knots[first] as number) - aheadMs) - 1 : 0;
    let count = 0;
    let [constant, linear, square] = [0, 0, 0];
    for (let target = first; target < end; target += stride) {
      const known = (knots[target] as number) - aheadMs;
      while (origin + 1 < knots.length && (knots[origin + 1] as number) <= known) origin++;
      if (origin < 0 || !((knots[origin] as number) > 0)) continue;
      const row = rowAt(target, origin);
      constant += row[3 * target] as number;
      linear += row[3 * target + 1] as number;
      square += row[3 * target + 2] as number;
      count++;
    }
    const fade = fadeAhead(aheadMs);
    return { count, squares: constant + fade * (linear + fade * square) };
  };
}

/**
 * Σ weight · (error after correction)² over the past uplifts, forecast at the knot `origin` for the knot `target`: a
 * quadratic polynomial in the fade, with its three coefficients at 3 · target of the returned row. Rows are cached.
 */
function cacheSquares(uplift: Uplift): (target: number, origin: number) => Float64Array {
  const { errors, weights, clock } = uplift;
  const corrections = pastCorrections(uplift);
  const byDistance: Float64Array[] = [];
  return (target, origin) => {
    let row = byDistance[target - origin];
    if (row === undefined) {
      row = new Float64Array(3 * clock.knots.length).fill(Number.NaN);
      byDistance[target - origin] = row;
    }
    if (!Number.isNaN(row[3 * target])) return row;
    let [constant, linear, square] = [0, 0, 0];
    for (let k = 0; k < errors.length; k++) {
      const { fast, slow } = corrections[k] as { fast: Float64Array; slow: Float64Array };
      const weight = weights[k] as number;
      const rest = ((errors[k] as Float64Array)[target] as number) - (slow[origin] as number);
      const difference = (fast[origin] as number) - (slow[origin] as number);
      constant += weight * rest * rest;
      linear -= 2 * weight * rest * difference;
      square += weight * difference * difference;
    }
    row.set([constant, linear, square], 3 * target);
    return row;
  };
}

/** Index of the first knot after `time`. */
function firstAfter(knots: Float64Array, time: number): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((knots[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
