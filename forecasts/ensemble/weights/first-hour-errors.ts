import type { HorizonErrors } from '../../horizon-errors.ts';
import { memoize } from '../../memoize.ts';

/** Errors of first-hour forecasts from every hour of the last days. */
export interface FirstHourErrors {
  /** Errors on the model's scale, one array per hourly origin, newest first; NaN where nothing was measured. */
  readonly trials: readonly Float64Array[];
  readonly stepMs: number;
}

const minuteMs = 60_000;
/** Ends of the buckets of the first hour; errors are pooled per bucket. */
const bucketEndsMs = [10 * minuteMs, 30 * minuteMs, 60 * minuteMs];
/** Half-life of an error's weight. Chosen on sixteen five-minute series; accuracy is flat from 6 to 24. */
const halfLifeHours = 6;
const fewestErrors = 20;
const fadeMs = 120 * minuteMs;

/**
 * Quantiles of the first hour: weighted sample quantiles of the last days' errors, with newer errors counting more, so
 * that a quantile exceeded too often widens. They fade to `errors` within the two hours after.
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

/** The finite errors from `fromMs` to `toMs` ahead, ascending. */
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

/**
 * Weighted quantile at position (n + 1)·level, n being the effective number of errors; undefined below twenty errors.
 */
function weightedQuantile(pool: readonly WeightedError[], level: number): number | undefined {
  if (pool.length < fewestErrors) return undefined;
  let sum = 0;
  let squares = 0;
  for (const { weight } of pool) {
    sum += weight;
    squares += weight * weight;
  }
  const effective = (sum * sum) / squares;
  const target = Math.min(1, (level * (effective + 1)) / effective) * sum;
  let below = 0;
  for (const { error, weight } of pool) {
    below += weight;
    if (below >= target) return error;
  }
  return pool.at(-1)?.error;
}
