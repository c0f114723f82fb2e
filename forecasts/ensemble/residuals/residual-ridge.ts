import type { PointForecaster, PointModel } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';
import { learnResiduals } from './learn-residuals.ts';
import { isRecalled, levelCount, meanAround, readLevels, recallOffsets, residualPrior } from './residual-features.ts';

/** Ends of the horizon buckets, in hours. */
const bucketHours = [0.25, 1, 3, 8, 24];

/**
 * Member: profile + forecast residual. One ridge regression around prior coefficients per bucket of the horizon learns
 * how much of the last hours' deviation persists, and how much of yesterday's and last week's at the same time returns.
 */
export const residualRidge: PointModel = {
  name: 'residual ridge',
  fit: history => {
    const { stepsPerDay, scaled } = history;
    if (stepsPerDay < 24 || scaled.length < 3 * stepsPerDay) return undefined;
    const ends = [...new Set(bucketHours.map(hours => Math.max(1, Math.round((hours * stepsPerDay) / 24))))];
    const coefficients = learnResiduals(
      history,
      ends.map((end, i) => Math.round(((ends[i - 1] ?? 0) + 1 + end) / 2)),
    );
    const buckets = ends.map((end, i) => ({ end, coefficients: coefficients[i] as Float64Array }));
    return known => follow(history, known, buckets);
  },
};

interface Bucket {
  readonly end: number;
  readonly coefficients: Float64Array;
}

function follow(history: RegularHistory, known: Float64Array, buckets: readonly Bucket[]): PointForecaster {
  const levels = history.followLevels(known);
  const perDay = Math.round(history.stepsPerDay);
  return (origin, steps) => {
    const profile = history.profileOver(origin + steps);
    const t = origin - 1;
    const x = Float64Array.from(residualPrior);
    readLevels(levels, t, x);
    const forecast = new Float64Array(steps);
    let bucket = 0;
    for (let i = 0; i < steps; i++) {
      while (bucket < buckets.length - 1 && i >= (buckets[bucket] as Bucket).end) bucket++;
      recallOffsets(i + 1, perDay).forEach((offset, k) => {
        x[levelCount + k] = isRecalled(t, offset) ? meanAround(known, profile, t + offset) - (x[1] as number) : 0;
      });
      const { coefficients } = buckets[bucket] as Bucket;
      let residual = 0;
      for (let k = 0; k < x.length; k++) residual += (coefficients[k] as number) * (x[k] as number);
      forecast[i] = (profile[origin + i] as number) + residual;
    }
    return forecast;
  };
}
