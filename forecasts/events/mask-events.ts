import type { Event } from '../event.ts';
import type { Samples } from '../samples.ts';

const minuteMs = 60_000;
/** People arrive before the start and linger after the end. */
const beforeMs = 10 * minuteMs;
const afterMs = 120 * minuteMs;

/**
 * {@link maskEvents} for what a model is fitted on: where events cover all that was measured, nothing is masked, because
 * busy days are still more than no knowledge at all.
 */
export function maskHistory(samples: Samples, events: readonly Event[]): Uint8Array {
  const masked = maskEvents(samples, events);
  return samples.values.some((value, i) => masked[i] === 0 && !Number.isNaN(value)) ? masked : masked.fill(0);
}

/** 1 where an event, its run-up or its aftermath is in the sample, else 0: what must not teach the base. */
export function maskEvents(samples: Samples, events: readonly Event[]): Uint8Array {
  const masked = new Uint8Array(samples.values.length);
  for (const event of events) {
    const first = Math.floor((event.start - beforeMs - samples.start) / samples.stepMs);
    const last = Math.ceil((event.end + afterMs - samples.start) / samples.stepMs);
    masked.fill(1, Math.min(masked.length, Math.max(0, first)), Math.min(masked.length, Math.max(0, last)));
  }
  return masked;
}
