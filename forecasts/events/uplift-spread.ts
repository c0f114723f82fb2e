import { effectiveCount } from '../statistics/effective-count.ts';
import type { EventClock } from './event-clock.ts';
import type { Uplift } from './learn-uplift.ts';

/** Student's t around an uplift: its scale at each knot, on the model's scale, and its degrees of freedom. */
export interface UpliftSpread {
  readonly scale: Float64Array;
  readonly degrees: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** What an event nobody has seen is off by, as if `priorEvents` had shown it: a factor e^±0.43, less from an hour before on. */
const priorSpread = 0.43;
const eveSpread = 0.35;
const priorEvents = 3.5;
/** By so much (0–1) the prior is wider where there is no past event at all; each one quarters it. */
const newcomer = 0.31;
/** Before the start and after the end the prior is a little surer. */
const outsideShare = 0.85;
/** What past events teach of a kind that they never showed may be off by e^±0.15 more, for each such kind. */
const unseenSpread = 0.15;
const smoothingMs = 15 * minuteMs;

/**
 * How far the asked event may be off its uplift: the past events' errors, each forecast without itself, and a prior for
 * as long as there are few. Pooled errors of a few events alone would promise far too much.
 */
export function upliftSpread({ clock, errors, weights, unit, unseen, leadMs }: Uplift): UpliftSpread {
  const weight = weights.reduce((sum, value) => sum + value, 0);
  const taught = soberCount(weights);
  const squares = clock.knots.map((_, i) =>
    weight > 0 ? errors.reduce((sum, e, k) => sum + (weights[k] as number) * (e[i] as number) ** 2, 0) / weight : 0,
  );
  const doubt = eveSpread + (priorSpread - eveSpread) * Math.min(1, leadMs / hourMs);
  const prior = unit * doubt * (1 + newcomer * 4 ** -taught);
  const strange = unseen.length * (unit * unseenSpread) ** 2;
  const scale = smoothOverTime(squares, clock.knots, smoothingMs).map((square, i) => {
    const expected = prior * doubtAt(clock, clock.knots[i] as number);
    return Math.sqrt((priorEvents * expected ** 2 + taught * (square + strange)) / (priorEvents + taught));
  });
  return { scale, degrees: priorEvents + taught };
}

function doubtAt({ event }: EventClock, sinceStartMs: number): number {
  if (sinceStartMs < -2 * minuteMs) return outsideShare;
  const sinceEndMs = Math.max(0, sinceStartMs - (event.end - event.start));
  return Math.max(outsideShare, 2 ** (-sinceEndMs / hourMs));
}

/** An error made without an event tells of one past uplift fewer than there are: with one past event it says little. */
function soberCount(weights: Float64Array): number {
  const count = effectiveCount(weights);
  return count === 0 ? 0 : (count * count) / (count + 1);
}

function smoothOverTime(values: Float64Array, times: Float64Array, reachMs: number): Float64Array {
  const smoothed = new Float64Array(values.length);
  let first = 0;
  let next = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const time = times[i] as number;
    while (next < values.length && (times[next] as number) <= time + reachMs) sum += values[next++] as number;
    while ((times[first] as number) < time - reachMs) sum -= values[first++] as number;
    smoothed[i] = Math.max(0, sum / (next - first));
  }
  return smoothed;
}
