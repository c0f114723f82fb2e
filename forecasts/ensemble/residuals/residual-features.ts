import type { ResidualLevels } from './residual-levels.ts';

/**
 * Prior means of the coefficients: intercept, slow level, three differences between the four levels, and the residuals
 * of yesterday, last week and the day before yesterday at the same time, less the slow level.
 */
export const residualPrior = [0, 1, 0.6, 0.4, 0.3, 0.1, 0.1, 0];
/** Steps averaged on either side of a past step. */
export const stepsAround = 2;

/** Number of leading coefficients that belong to the intercept and the levels. */
export const levelCount = 5;

/** Writes the first `levelCount` regressors at the end of step `t` into `x`. */
export function readLevels({ day, quarter, hour, now }: ResidualLevels, t: number, x: Float64Array): void {
  x[0] = 1;
  x[1] = day(t);
  x[2] = quarter(t) - day(t);
  x[3] = hour(t) - quarter(t);
  x[4] = now(t) - hour(t);
}

/** Offsets in steps to the same time of day as `ahead` steps ahead: yesterday, last week, the day before yesterday. */
export function recallOffsets(ahead: number, perDay: number): readonly number[] {
  const daysBack = Math.ceil(ahead / perDay);
  const yesterday = ahead - daysBack * perDay;
  return [yesterday, ahead - 7 * perDay * Math.ceil(daysBack / 7), yesterday - perDay];
}

/** Whether all steps around step `t` + `offset` are known at the end of step `t`. */
export function isRecalled(t: number, offset: number): boolean {
  return t + offset >= stepsAround && offset + stepsAround <= 0;
}

/** Mean of `known` less `profile` within ± `reach` steps of `center`. */
export function meanAround(known: Float64Array, profile: Float64Array, center: number): number {
  let sum = 0;
  for (let t = center - stepsAround; t <= center + stepsAround; t++)
    sum += (known[t] as number) - (profile[t] as number);
  return sum / (2 * stepsAround + 1);
}
