import { type Measured, meanMeasured, sumMeasured } from './measured.ts';

/**
 * The share (0–1) of steps in which the capacity was below the actual demand. Our own definition, as are the two below.
 * Unmeasured steps are left out; NaN when no step was measured.
 */
export function underProvisionedShare(actual: Measured, capacity: readonly number[]): number {
  return meanMeasured(actual, capacity, (y, c) => (c < y ? 1 : 0));
}

/** The share (0–1) of the load above capacity: Σ max(actual − capacity, 0) ÷ Σ|actual|. NaN without load. */
export function lostShare(actual: Measured, capacity: readonly number[]): number {
  return relativeTo(actual, capacity, (y, c) => Math.max(0, y - c));
}

/** Unused capacity relative to the load: Σ max(capacity − actual, 0) ÷ Σ|actual|, a ratio ≥ 0. NaN without load. */
export function excessRatio(actual: Measured, capacity: readonly number[]): number {
  return relativeTo(actual, capacity, (y, c) => Math.max(0, c - y));
}

function relativeTo(
  actual: Measured,
  capacity: readonly number[],
  of: (actual: number, capacity: number) => number,
): number {
  return sumMeasured(actual, capacity, of).sum / sumMeasured(actual, capacity, y => Math.abs(y)).sum;
}
