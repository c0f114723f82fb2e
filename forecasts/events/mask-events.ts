import type { Event } from '../event.ts';
import type { Samples } from '../series/samples.ts';

const minuteMs = 60_000;
/** Visitors arrive before the start and stay after the end. */
const beforeMs = 10 * minuteMs;
const afterMs = 120 * minuteMs;

/**
 * {@link maskEvents} for the history of a fit. Masks nothing when events cover all measured samples: some data is
 * better than none.
 */
export function maskHistory(samples: Samples, events: readonly Event[]): Uint8Array {
  const masked = maskEvents(samples, events);
  return samples.values.some((value, i) => masked[i] === 0 && !Number.isNaN(value)) ? masked : masked.fill(0);
}

/**
 * Mask of the samples to leave out of the base: 1 where an event overlaps the sample, or where its run-up (10 min) or
 * aftermath (2 h) covers half of it; else 0. With daily steps a sale of one day masks one day.
 */
export function maskEvents(samples: Samples, events: readonly Event[]): Uint8Array {
  const masked = new Uint8Array(samples.values.length);
  const position = (time: number) => (time - samples.start) / samples.stepMs;
  const inside = (step: number) => Math.min(masked.length, Math.max(0, step));
  for (const { start, end } of events) {
    const first = Math.min(Math.floor(position(start)), Math.round(position(start - beforeMs)));
    const last = Math.max(Math.ceil(position(end)), Math.round(position(end + afterMs)));
    masked.fill(1, inside(first), inside(last));
  }
  return masked;
}
