import { fitBoundary } from './fit-boundary.ts';

const hourMs = 3_600_000;
/** Milliseconds from the fit, or from the start of a sale, in which other sales count in its demand. */
export const besideMs = 36 * hourMs;

/**
 * The time (epoch ms) before which another sale must begin to count in the demand of a sale: 36 hours after the last
 * boundary, or after its own start if that is later. In a sale of weeks, later ones are left to plans of their own, so
 * that it does not hold a floor for the peak of a sale that is weeks away.
 */
export function besideUntil(start: number, now: number): number {
  return Math.max(start, fitBoundary(now)) + besideMs;
}
