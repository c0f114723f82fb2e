import { solveSymmetric } from '../cholesky.ts';
import type { PointModel } from './point-model.ts';
import type { RegularHistory } from './regular-history.ts';
import { type ResidualLevels, residualLevels } from './residual-levels.ts';

/** Ends of the horizon buckets, hours. */
const bucketHours = [0.25, 1, 3, 8, 24];
/** What the coefficients are without evidence: of the slow level, the differences between levels, yesterday, last week, the day before. */
const prior = [0, 1, 0.6, 0.4, 0.3, 0.1, 0.1, 0];
const size = prior.length;
const rowsPerHour = 2;

/**
 * Profile + what the residual will do, learned for each stretch of the horizon by a ridge around prior coefficients:
 * how much of the last hours' deviation stays, how much of yesterday's and last week's deviation at that time returns.
 */
export const residualRidge: PointModel = {
  name: 'residual ridge',
  fit: history => {
    const { stepsPerDay, scaled } = history;
    if (stepsPerDay < 24 || scaled.length < 3 * stepsPerDay) return undefined;
    const levels = residualLevels(history, scaled);
    const ends = [...new Set(bucketHours.map(hours => Math.max(1, Math.round((hours * stepsPerDay) / 24))))];
    const buckets = ends.map((end, i) => ({
      end,
      coefficients: learn(levels, history, Math.round(((ends[i - 1] ?? 0) + 1 + end) / 2)),
    }));
    return known => follow(history, residualLevels(history, known), buckets);
  },
};

interface Bucket {
  readonly end: number;
  readonly coefficients: Float64Array;
}

function follow(
  { start, stepMs, profileAt, stepsPerDay }: RegularHistory,
  levels: ResidualLevels,
  buckets: readonly Bucket[],
) {
  const x = new Float64Array(size);
  return (origin: number, steps: number) => {
    const forecast = new Float64Array(steps);
    let bucket = 0;
    for (let i = 0; i < steps; i++) {
      while (bucket < buckets.length - 1 && i >= (buckets[bucket] as Bucket).end) bucket++;
      describe(levels, origin - 1, i + 1, stepsPerDay, x);
      const { coefficients } = buckets[bucket] as Bucket;
      let residual = 0;
      for (let k = 0; k < size; k++) residual += (coefficients[k] as number) * (x[k] as number);
      forecast[i] = profileAt(start + (origin + i) * stepMs) + residual;
    }
    return forecast;
  };
}

function learn(levels: ResidualLevels, { stepsPerDay }: RegularHistory, ahead: number): Float64Array {
  const { residuals } = levels;
  const stride = Math.max(1, Math.round(stepsPerDay / 24 / rowsPerHour));
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const x = new Float64Array(size);
  let squares = 0;
  let count = 0;
  for (let t = Math.round(stepsPerDay); t + ahead < residuals.length; t += stride) {
    describe(levels, t, ahead, stepsPerDay, x);
    let error = residuals[t + ahead] as number;
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
    const strength = i === 0 ? 20 : i === 1 ? 1000 * (1 + (levels.day.at(-1) ?? 0) ** 2) : 30 * variance;
    gram[i * size + i] = (gram[i * size + i] as number) + strength + 1e-9;
  }
  solveSymmetric(gram, size, [right]);
  return right.map((value, i) => (Number.isFinite(value) ? value : 0) + (prior[i] as number));
}

/** What is known at the end of step `t` about the residual `ahead` steps later. */
function describe(
  { residuals, day, quarter, hour, now }: ResidualLevels,
  t: number,
  ahead: number,
  stepsPerDay: number,
  x: Float64Array,
): void {
  const slow = day[t] ?? 0;
  const perDay = Math.round(stepsPerDay);
  const around = (center: number) => {
    if (center < 2 || center + 2 > t) return 0;
    let sum = 0;
    for (let k = -2; k <= 2; k++) sum += (residuals[center + k] as number) - slow;
    return sum / 5;
  };
  const daysBack = Math.ceil(ahead / perDay);
  const yesterday = t + ahead - daysBack * perDay;
  x[0] = 1;
  x[1] = slow;
  x[2] = (quarter[t] ?? 0) - slow;
  x[3] = (hour[t] ?? 0) - (quarter[t] ?? 0);
  x[4] = (now[t] ?? 0) - (hour[t] ?? 0);
  x[5] = around(yesterday);
  x[6] = around(t + ahead - 7 * perDay * Math.ceil(daysBack / 7));
  x[7] = around(yesterday - perDay);
}
