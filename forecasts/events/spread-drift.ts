import type { EventClock } from './event-clock.ts';
import { meanInside } from './event-peak.ts';

/** Least mean of a curve, in units of uplift, that a drift is spread along. */
const leastMean = 0.2;
/** Largest share of a drift, relative to its mean. */
const mostShare = 2;

/** A drift and the curve that it is spread along. */
export interface DriftSpread {
  readonly clock: EventClock;
  /** Uplift without the drift, on the model's scale, one value per knot. */
  readonly curve: Float64Array;
  /** Mean of the drift inside the event, on the model's scale. */
  readonly drift: number;
  /** Unit of uplifts on the model's scale. */
  readonly unit: number;
}

/**
 * Spreads a drift of the mean uplift over a curve in proportion to it, one value per knot: a sale that grows does so
 * where it is high, neither before its start nor long after its end.
 */
export function spreadDrift({ clock, curve, drift, unit }: DriftSpread): Float64Array {
  const mean = Math.max(leastMean * unit, meanInside(clock, curve));
  return curve.map(value => drift * Math.max(0, Math.min(mostShare, value / mean)));
}
