import type { Uplift } from './learn-uplift.ts';

/** Student's t around an uplift: its scale at each knot, on the model's scale, and its degrees of freedom. */
export interface UpliftSpread {
  readonly scale: Float64Array;
  readonly degrees: number;
}

const minuteMs = 60_000;
/** What an event nobody has seen is off by: a factor e^±0.45, as if `priorEvents` had shown it. */
const priorSpread = 0.45;
const priorEvents = 4;
/** Where the prior expects no uplift at all, it is still not sure of the level. */
const calmSpread = 0.1;
const unseenFactor = 1.5;
const smoothingMs = 15 * minuteMs;

/**
 * How far the asked event may be off its uplift: the past events' errors, each forecast without itself, and a prior for
 * as long as there are few. Pooled errors of a few events alone would promise far too much.
 */
export function upliftSpread({ clock, errors, weights, shape, unit, unseen }: Uplift): UpliftSpread {
  const weight = weights.reduce((sum, value) => sum + value, 0);
  const taught = effectiveCount(weights);
  const squares = shape.map((_, i) =>
    weight > 0 ? errors.reduce((sum, e, k) => sum + (weights[k] as number) * (e[i] as number) ** 2, 0) / weight : 0,
  );
  const seen = smoothOverTime(squares, clock.knots, smoothingMs);
  const wide = unseen ? unseenFactor : 1;
  const scale = seen.map((square, i) => {
    const calm = taught > 0 ? priorSpread : calmSpread + priorSpread * (shape[i] as number);
    return Math.sqrt((priorEvents * (unit * wide * calm) ** 2 + taught * square) / (priorEvents + taught));
  });
  return { scale, degrees: priorEvents + taught };
}

/** Of how many equal weights these are worth: (Σw)² ÷ Σw². */
export function effectiveCount(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return squares > 0 ? (sum * sum) / squares : 0;
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
