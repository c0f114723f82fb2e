import { solveSymmetric } from '../cholesky.ts';
import type { RegularHistory } from './regular-history.ts';

/**
 * What the coefficients are without evidence: of one, of the slow level, of the differences between four levels, of what
 * yesterday, last week and the day before yesterday were over the slow level at that time.
 */
export const residualPrior = [0, 1, 0.6, 0.4, 0.3, 0.1, 0.1, 0];
const size = residualPrior.length;
const rowsPerHour = 2;
/** Steps either side of a past moment that are averaged. */
const reach = 2;

/** What the first coefficients multiply at the end of step `t`: one, and levels. */
export function levelsAt({ day, quarter, hour, now }: ReturnType<RegularHistory['followLevels']>, t: number) {
  return [1, day(t), quarter(t) - day(t), hour(t) - quarter(t), now(t) - hour(t)];
}

/** From a step, where yesterday, last week and the day before yesterday stood at the time that lies `ahead` of it. */
export function recallOffsets(ahead: number, perDay: number): readonly number[] {
  const daysBack = Math.ceil(ahead / perDay);
  const yesterday = ahead - daysBack * perDay;
  return [yesterday, ahead - 7 * perDay * Math.ceil(daysBack / 7), yesterday - perDay];
}

/** Whether the steps around step `t` + `offset` are known at the end of step `t`. */
export function isRecalled(t: number, offset: number): boolean {
  return t + offset >= reach && offset + reach <= 0;
}

/** The mean of what `known` is over `profile` around a step. */
export function meanAround(known: Float64Array, profile: Float64Array, center: number): number {
  let sum = 0;
  for (let t = center - reach; t <= center + reach; t++) sum += (known[t] as number) - (profile[t] as number);
  return sum / (2 * reach + 1);
}

/** The coefficients for forecasts so many steps ahead, by a ridge around the prior on evenly spread moments of the past. */
export function learnResiduals(history: RegularHistory, aheads: readonly number[]): readonly Float64Array[] {
  const rows = rowsOf(history);
  return aheads.map(ahead => learn(rows, ahead));
}

interface Rows {
  readonly perDay: number;
  /** Row r is step perDay + r · stride. */
  readonly stride: number;
  /** One value a step. */
  readonly residuals: Float64Array;
  readonly means: Float64Array;
  /** What does not depend on the horizon: one column a coefficient, one value a row. */
  readonly columns: readonly Float64Array[];
  /** How firmly the slow level's coefficient is held. */
  readonly slowStrength: number;
}

function rowsOf({ scaled, stepsPerDay, profileOver, followLevels }: RegularHistory): Rows {
  const perDay = Math.round(stepsPerDay);
  const stride = Math.max(1, Math.round(stepsPerDay / 24 / rowsPerHour));
  const profile = profileOver(scaled.length);
  const residuals = scaled.slice();
  for (let t = 0; t < residuals.length; t++) residuals[t] = (scaled[t] as number) - (profile[t] as number);
  const means = new Float64Array(scaled.length);
  for (let t = reach; t < scaled.length - reach; t++) means[t] = meanAround(scaled, profile, t);
  const levels = followLevels(scaled);
  const count = Math.max(0, Math.ceil((scaled.length - perDay) / stride));
  const columns = levelsAt(levels, 0).map(() => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    const x = levelsAt(levels, perDay + row * stride);
    for (let k = 0; k < columns.length; k++) (columns[k] as Float64Array)[row] = x[k] as number;
  }
  const slowStrength = 1000 * (1 + levels.day(scaled.length - 1) ** 2);
  return { perDay, stride, residuals, means, columns, slowStrength };
}

function learn(rows: Rows, ahead: number): Float64Array {
  const { perDay, stride, residuals } = rows;
  const count = Math.max(0, Math.ceil((residuals.length - ahead - perDay) / stride));
  const recalled = recallOffsets(ahead, perDay).map(offset => recall(rows, offset, count));
  const columns = [...rows.columns, ...recalled];
  const slow = columns[1] as Float64Array;
  const errors = new Float64Array(count);
  let squares = 0;
  for (let row = 0; row < count; row++) {
    errors[row] = residuals[perDay + row * stride + ahead] as number;
    squares += ((errors[row] as number) - (slow[row] as number)) ** 2;
  }
  columns.forEach((column, k) => {
    const expected = residualPrior[k] as number;
    for (let row = 0; row < count; row++) errors[row] = (errors[row] as number) - expected * (column[row] as number);
  });
  const strength = (k: number) => (k === 0 ? 20 : k === 1 ? rows.slowStrength : (30 * squares) / Math.max(1, count));
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  columns.forEach((column, i) => {
    right[i] = dot(column, errors, count);
    for (let j = 0; j <= i; j++) gram[i * size + j] = dot(column, columns[j] as Float64Array, count);
    gram[i * size + i] = (gram[i * size + i] as number) + strength(i) + 1e-9;
  });
  solveSymmetric(gram, size, [right]);
  return right.map((value, k) => (Number.isFinite(value) ? value : 0) + (residualPrior[k] as number));
}

/** What the steps around each row's past moment were over its slow level. */
function recall({ perDay, stride, means, columns }: Rows, offset: number, count: number): Float64Array {
  const recalled = new Float64Array(count);
  const slow = columns[1] as Float64Array;
  for (let row = 0; row < count; row++) {
    const t = perDay + row * stride;
    if (isRecalled(t, offset)) recalled[row] = (means[t + offset] as number) - (slow[row] as number);
  }
  return recalled;
}

/** Four sums at once, because one alone spends its time waiting for its own additions. */
function dot(a: Float64Array, b: Float64Array, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < count; t += 4) {
    s0 += (a[t] as number) * (b[t] as number);
    s1 += (a[t + 1] as number) * (b[t + 1] as number);
    s2 += (a[t + 2] as number) * (b[t + 2] as number);
    s3 += (a[t + 3] as number) * (b[t + 3] as number);
  }
  for (; t < count; t++) s0 += (a[t] as number) * (b[t] as number);
  return s0 + s1 + s2 + s3;
}
