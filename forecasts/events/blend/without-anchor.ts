import type { EarlierShares } from './earlier-shares.ts';

/** What the last minutes before past events have told. */
export interface AnchoredInput {
  readonly earlier: EarlierShares;
  /** Weight of each past event by its age, 0–1. */
  readonly recency: Float64Array;
  /** Demand of the last minutes before each past event less the level, in the unit of the errors; NaN = unknown. */
  readonly anchor: Float64Array;
}

/** Prior of the share of a difference in the last minutes that the event keeps, and its precision. */
const usualGain = 0.7;
const precision = 0.5;
const mostGain = 1.2;
/** Total share of earlier events with known last minutes, below which there is nothing to compare with. */
const leastShare = 0.2;

/**
 * The errors of forecasts of past events from earlier ones, less what the last minutes before each would have told: by
 * a regression on the difference of these minutes to those of the earlier events.
 */
export function withoutAnchor(errors: Float64Array, { earlier, recency, anchor }: AnchoredInput): Float64Array {
  const apart = errors.map((_, k) => distance(earlier.shares[k] as Float64Array, anchor, k));
  let moment = precision * usualGain;
  let weight = precision;
  for (let k = 1; k < errors.length; k++) {
    moment += (recency[k] as number) * (apart[k] as number) * (errors[k] as number);
    weight += (recency[k] as number) * (apart[k] as number) ** 2;
  }
  const gain = Math.max(0, Math.min(mostGain, moment / weight));
  return errors.map((error, k) => error - gain * (apart[k] as number));
}

/** Distance of an event's last minutes from the mean of those of the earlier events, by their shares; 0 = unknown. */
function distance(shares: Float64Array, anchor: Float64Array, own: number): number {
  let [total, sum] = [0, 0];
  for (let j = 0; j < own; j++) {
    if (Number.isNaN(anchor[j])) continue;
    total += shares[j] as number;
    sum += (shares[j] as number) * (anchor[j] as number);
  }
  const apart = (anchor[own] as number) - sum / total;
  return total > leastShare && !Number.isNaN(apart) ? apart : 0;
}
