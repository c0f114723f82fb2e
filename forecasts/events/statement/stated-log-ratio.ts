import type { Event } from '../../event.ts';

/** Logarithm of the stated peak ratio, in the mean of a step where that is longer than the event. */
export function statedLogRatio({ start, end, statedPeakRatio }: Event, stepMs: number): number | undefined {
  if (statedPeakRatio === undefined) return undefined;
  return Math.log(1 + Math.min(1, (end - start) / stepMs) * (statedPeakRatio - 1));
}
