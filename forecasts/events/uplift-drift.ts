import { effectiveCount } from '../statistics/effective-count.ts';

/** So many errors are needed before half of their mean is believed. */
const driftDoubt = 6;

/**
 * What recent events were above (or below) what the others would have forecast, shrunk: sales grow with the shop.
 * `errors`: by past event, one value a knot; `weights`: one an event, 0–1.
 */
export function upliftDrift(errors: readonly Float64Array[], weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return 0;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const drift = errors.reduce((sum, error, k) => sum + (weights[k] as number) * mean(error), 0) / total;
  const count = effectiveCount(weights);
  return (drift * count) / (count + driftDoubt);
}
