import type { HorizonErrors } from '../../horizon-errors.ts';
import { memoize } from '../../memoize.ts';
import { effectiveCount } from '../../statistics/effective-count.ts';

/** The errors of the first hour's forecasts, made again from every hour of the last days. */
export interface FirstHourErrors {
  /** On the model's scale, one array an origin an hour after the next one, newest first; NaN where nothing was measured. */
  readonly trials: readonly Float64Array[];
  readonly stepMs: number;
}

const minuteMs = 60_000;
/** Ends of the stretches of the first hour whose errors are pooled. */
const bucketEndsMs = [10 * minuteMs, 30 * minuteMs, 60 * minuteMs];
/** An error counts half as much as one that many hours younger. Chosen on sixteen five-minute series: flat from 6 to 24. */
const halfLifeHours = 6;
const fewestErrors = 20;
const fadeMs = 120 * minuteMs;

/**
 * Quantiles of the first hour as those of the last days' own errors, the newer counting more, so that what is exceeded
 * too often today widens tomorrow: tracking, by a level's own past. Within two hours more they give way to `errors`.
 *
 * @see Gibbs & Candès (2021), Adaptive Conformal Inference Under Distribution Shift
 */
export function withFirstHourErrors(errors: HorizonErrors, near: FirstHourErrors): HorizonErrors {
  const pools = bucketEndsMs.map((endMs, b) => poolOf(near, bucketEndsMs[b - 1] ?? 0, endMs));
  return memoize(level => {
    const later = errors(level);
    const offsets = pools.map(pool => weightedQuantile(pool, level));
    return aheadMs => {
      const share = Math.min(1, Math.max(0, (aheadMs - 60 * minuteMs) / fadeMs));
      if (share === 1) return later(aheadMs);
      const bucket = bucketEndsMs.findIndex(endMs => aheadMs <= endMs);
      const own = offsets[bucket === -1 ? offsets.length - 1 : bucket];
      if (own === undefined) return later(aheadMs);
      return (1 - share) * own + share * later(aheadMs);
    };
  });
}

interface WeightedError {
  readonly error: number;
  readonly weight: number;
}

/** Ascending. */
function poolOf({ trials, stepMs }: FirstHourErrors, fromMs: number, toMs: number): readonly WeightedError[] {
  const first = Math.floor(fromMs / stepMs);
  const last = Math.max(first + 1, Math.floor(toMs / stepMs));
  return trials
    .flatMap((trial, hour) =>
      Array.from(trial.subarray(first, last), error => ({ error, weight: 2 ** (-hour / halfLifeHours) })),
    )
    .filter(({ error }) => Number.isFinite(error))
    .sort((a, b) => a.error - b.error);
}

/** At (n + 1)·level of n effective errors, as of equal ones; undefined of too few. */
function weightedQuantile(pool: readonly WeightedError[], level: number): number | undefined {
  if (pool.length < fewestErrors) return undefined;
  const weights = Float64Array.from(pool, ({ weight }) => weight);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const effective = effectiveCount(weights);
  const target = Math.min(1, (level * (effective + 1)) / effective) * sum;
  let below = 0;
  for (const { error, weight } of pool) {
    below += weight;
    if (below >= target) return error;
  }
  return pool.at(-1)?.error;
}
