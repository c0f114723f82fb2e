import type { Event } from '../../event.ts';

const halfDayMs = 43_200_000;
/** A run of wild values may begin this number of steps before the end of a fit. */
const straddledSteps = 8;

/**
 * The events that can still concern samples after `end` (epoch ms), the end of a fit with steps of `stepMs`: a forecast
 * from it need not look at the others, however many there are.
 */
export function nearEvents(events: readonly Event[], end: number, stepMs: number): readonly Event[] {
  const first = end - Math.max(halfDayMs, straddledSteps * stepMs);
  return events.filter(event => event.end > first);
}
