import { effectiveCount } from './effective-count.ts';
import { readCurve } from './event-clock.ts';
import type { Uplift } from './learn-uplift.ts';
import { fadeAhead, pastCorrections } from './live-correction.ts';
import type { UpliftSpread } from './uplift-spread.ts';

const minuteMs = 60_000;
/** Past errors within so long of the minute to forecast are pooled. */
const poolMs = 10 * minuteMs;
const mostLooks = 9;
/** A corrected curve drifts like a random walk: a factor e^±0.02 and e^±0.037 more with the root of each minute. */
const stillSpread = 0.02;
const walkSpread = 0.037;
const farSpread = 0.3;
const priorEvents = 5;
const mostDegrees = 60;

/** Scale and degrees of the Student-t around a corrected curve, `aheadMs` after the newest actual, at `sinceStartMs`. */
export type LiveSpread = (
  aheadMs: number,
  sinceStartMs: number,
) => { readonly scale: number; readonly degrees: number };

/**
 * How far corrected curves of past events were off, that far ahead and at that time of the event, each forecast without
 * itself; mixed with a prior that grows with the root of the horizon and ends at what is expected without correction.
 * Horizons shorter than the pool give several looks an event.
 */
export function liveSpread(uplift: Uplift, before: UpliftSpread): LiveSpread {
  const { clock, weights, unit } = uplift;
  const squaresOff = rememberSquares(uplift);
  const taught = effectiveCount(weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (aheadMs, sinceStartMs) => {
    const minutes = Math.max(1, aheadMs / minuteMs);
    const uncorrected = readCurve(clock, before.scale, sinceStartMs);
    const walked = unit * (stillSpread + walkSpread * Math.sqrt(minutes));
    const prior = Math.min(walked, Math.max(uncorrected, unit * farSpread));
    const fade = fadeAhead(aheadMs);
    let squares = 0;
    const looks = eachLook(clock.knots, aheadMs, sinceStartMs, (target, origin) => {
      squares += squaresOff(target, origin, fade);
    });
    const n = looks > 0 ? taught * Math.max(1, (2 * poolMs) / aheadMs) : 0;
    const seen = n > 0 ? squares / (total * looks) : 0;
    const scale = Math.sqrt((priorEvents * prior ** 2 + n * seen) / (priorEvents + n));
    return { scale, degrees: Math.min(mostDegrees, priorEvents + n) };
  };
}

/**
 * Σ weight · (error not corrected)² over the lessons, forecast at the knot `origin` for the knot `target`: a square in
 * the fade, whose coefficients are worked out once a pair, because every minute asks for the same pairs again.
 */
function rememberSquares(uplift: Uplift): (target: number, origin: number, fade: number) => number {
  const { errors, weights } = uplift;
  const corrections = pastCorrections(uplift);
  /** By target, three coefficients a distance to the origin. */
  const known: Float64Array[] = [];
  return (target, origin, fade) => {
    const at = 3 * (target - origin);
    let row = known[target] ?? new Float64Array(0);
    if (at >= row.length) {
      const longer = new Float64Array(2 * at + 3 * 64).fill(Number.NaN);
      longer.set(row);
      row = longer;
      known[target] = row;
    }
    if (Number.isNaN(row[at])) {
      let [constant, linear, square] = [0, 0, 0];
      for (let k = 0; k < errors.length; k++) {
        const { fast, slow } = corrections[k] as { fast: Float64Array; slow: Float64Array };
        const weight = weights[k] as number;
        const rest = ((errors[k] as Float64Array)[target] as number) - (slow[origin] as number);
        const lean = (fast[origin] as number) - (slow[origin] as number);
        constant += weight * rest * rest;
        linear -= 2 * weight * rest * lean;
        square += weight * lean * lean;
      }
      row.set([constant, linear, square], at);
    }
    return (row[at] as number) + fade * ((row[at + 1] as number) + fade * (row[at + 2] as number));
  };
}

/**
 * The knots around `sinceStartMs`, each with the one at which it would have been forecast: the newest known then. Returns
 * how many there are.
 */
function eachLook(
  knots: Float64Array,
  aheadMs: number,
  sinceStartMs: number,
  look: (target: number, origin: number) => void,
): number {
  const first = firstAfter(knots, Math.max(sinceStartMs - poolMs, aheadMs));
  const end = firstAfter(knots, sinceStartMs + poolMs);
  const stride = Math.max(1, Math.ceil((end - first) / mostLooks));
  let origin = first < end ? firstAfter(knots, (knots[first] as number) - aheadMs) - 1 : 0;
  let looks = 0;
  for (let target = first; target < end; target += stride) {
    const known = (knots[target] as number) - aheadMs;
    while (origin + 1 < knots.length && (knots[origin + 1] as number) <= known) origin++;
    if (origin < 0 || !((knots[origin] as number) > 0)) continue;
    look(target, origin);
    looks++;
  }
  return looks;
}

/** Index of the first knot later than `time`. */
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
