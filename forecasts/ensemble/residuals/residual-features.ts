import type { ResidualLevels } from './residual-levels.ts';

/**
 * What the coefficients are without evidence: of one, of the slow level, of the differences between four levels, of what
 * yesterday, last week and the day before yesterday were over the slow level at that time.
 */
export const residualPrior = [0, 1, 0.6, 0.4, 0.3, 0.1, 0.1, 0];
/** Steps either side of a past moment that are averaged. */
export const reach = 2;

/** So many of the first coefficients multiply one, and levels. */
export const levelCount = 5;

/** Puts into `x` what the first coefficients multiply at the end of step `t`. */
export function readLevels({ day, quarter, hour, now }: ResidualLevels, t: number, x: Float64Array): void {
  x[0] = 1;
  x[1] = day(t);
  x[2] = quarter(t) - day(t);
  x[3] = hour(t) - quarter(t);
  x[4] = now(t) - hour(t);
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
