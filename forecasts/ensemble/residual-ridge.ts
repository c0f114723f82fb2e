import { solveSymmetric } from '../cholesky.ts';
import type { PointForecaster, PointModel } from './point-model.ts';
import type { RegularHistory } from './regular-history.ts';
import type { ResidualLevels } from './residual-levels.ts';

/** Ends of the horizon buckets, hours. */
const bucketHours = [0.25, 1, 3, 8, 24];
/** What the coefficients are without evidence: of the slow level, the differences between levels, yesterday, last week, the day before. */
const prior = [0, 1, 0.6, 0.4, 0.3, 0.1, 0.1, 0];
const size = prior.length;
const rowsPerHour = 2;
/** Steps either side of a past moment that are averaged. */
const around = 2;

/**
 * Profile + what the residual will do, learned for each stretch of the horizon by a ridge around prior coefficients:
 * how much of the last hours' deviation stays, how much of yesterday's and last week's deviation at that time returns.
 */
export const residualRidge: PointModel = {
  name: 'residual ridge',
  fit: history => {
    const { stepsPerDay, scaled } = history;
    if (stepsPerDay < 24 || scaled.length < 3 * stepsPerDay) return undefined;
    const past = pastOf(history, scaled);
    const ends = [...new Set(bucketHours.map(hours => Math.max(1, Math.round((hours * stepsPerDay) / 24))))];
    const buckets = ends.map((end, i) => ({
      end,
      coefficients: learn(past, Math.round(((ends[i - 1] ?? 0) + 1 + end) / 2)),
    }));
    return known => follow(known === scaled ? past : pastOf(history, known), buckets);
  },
};

interface Bucket {
  readonly end: number;
  readonly coefficients: Float64Array;
}

/** A grid beside its profile. */
interface Past {
  readonly known: Float64Array;
  readonly profileOver: RegularHistory['profileOver'];
  readonly levels: ResidualLevels;
  /** Steps. */
  readonly perDay: number;
}

function pastOf({ followLevels, profileOver, stepsPerDay }: RegularHistory, known: Float64Array): Past {
  return { known, profileOver, levels: followLevels(known), perDay: Math.round(stepsPerDay) };
}

function follow(past: Past, buckets: readonly Bucket[]): PointForecaster {
  const x = new Float64Array(size);
  return (origin, steps) => {
    const profile = past.profileOver(origin + steps);
    const forecast = new Float64Array(steps);
    let bucket = 0;
    for (let i = 0; i < steps; i++) {
      while (bucket < buckets.length - 1 && i >= (buckets[bucket] as Bucket).end) bucket++;
      describe(past, profile, origin - 1, i + 1, x);
      const { coefficients } = buckets[bucket] as Bucket;
      let residual = 0;
      for (let k = 0; k < size; k++) residual += (coefficients[k] as number) * (x[k] as number);
      forecast[i] = (profile[origin + i] as number) + residual;
    }
    return forecast;
  };
}

function learn(past: Past, ahead: number): Float64Array {
  const { known, levels, perDay } = past;
  const profile = past.profileOver(known.length);
  const stride = Math.max(1, Math.round(perDay / 24 / rowsPerHour));
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const x = new Float64Array(size);
  let squares = 0;
  let count = 0;
  for (let t = perDay; t + ahead < known.length; t += stride) {
    describe(past, profile, t, ahead, x);
    let error = (known[t + ahead] as number) - (profile[t + ahead] as number);
    squares += (error - (x[1] as number)) ** 2;
    count++;
    for (let k = 0; k < size; k++) error -= (prior[k] as number) * (x[k] as number);
    for (let i = 0; i < size; i++) {
      right[i] = (right[i] as number) + (x[i] as number) * error;
      for (let j = 0; j <= i; j++)
        gram[i * size + j] = (gram[i * size + j] as number) + (x[i] as number) * (x[j] as number);
    }
  }
  const variance = squares / Math.max(1, count);
  for (let i = 0; i < size; i++) {
    const strength = i === 0 ? 20 : i === 1 ? 1000 * (1 + levels.day(known.length - 1) ** 2) : 30 * variance;
    gram[i * size + i] = (gram[i * size + i] as number) + strength + 1e-9;
  }
  solveSymmetric(gram, size, [right]);
  return right.map((value, i) => (Number.isFinite(value) ? value : 0) + (prior[i] as number));
}

/** What is known at the end of step `t` about the residual `ahead` steps later. */
function describe(past: Past, profile: Float64Array, t: number, ahead: number, x: Float64Array): void {
  const { levels, perDay } = past;
  const slow = levels.day(t);
  const quarter = levels.quarter(t);
  const hour = levels.hour(t);
  const daysBack = Math.ceil(ahead / perDay);
  const yesterday = t + ahead - daysBack * perDay;
  x[0] = 1;
  x[1] = slow;
  x[2] = quarter - slow;
  x[3] = hour - quarter;
  x[4] = levels.now(t) - hour;
  const week = t + ahead - 7 * perDay * Math.ceil(daysBack / 7);
  x[5] = isKnown(yesterday, t) ? residualAround(past, profile, yesterday) - slow : 0;
  x[6] = isKnown(week, t) ? residualAround(past, profile, week) - slow : 0;
  x[7] = isKnown(yesterday - perDay, t) ? residualAround(past, profile, yesterday - perDay) - slow : 0;
}

function isKnown(center: number, t: number): boolean {
  return center >= around && center + around <= t;
}

function residualAround({ known }: Past, profile: Float64Array, center: number): number {
  let sum = 0;
  for (let t = center - around; t <= center + around; t++) sum += (known[t] as number) - (profile[t] as number);
  return sum / (2 * around + 1);
}
