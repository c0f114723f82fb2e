import { effectiveCount } from '../statistics/effective-count.ts';

/** Effective number of errors at which half of their mean is used. */
const driftDoubt = 6;

/**
 * Drift of the uplifts, on the model's scale: the weighted mean of the past events' mean leave-one-out errors, shrunk
 * towards 0. `weights`: one per event, 0–1.
 */
export function upliftDrift(errors: readonly number[], weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return 0;
  const drift = errors.reduce((sum, error, k) => sum + (weights[k] as number) * error, 0) / total;
  const count = effectiveCount(weights);
  return (drift * count) / (count + driftDoubt);
}
