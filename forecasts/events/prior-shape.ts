import type { Event } from '../event.ts';

const minuteMs = 60_000;

/**
 * Prior shape of a sale, as a share (0–1) of its peak on the log scale: rises within two minutes, falls to 60 % over
 * the next hour, and decays soon after the end. Not a rectangle, because most visitors come right at the start.
 */
export function priorShape(event: Event, time: number): number {
  const tau = (time - event.start) / minuteMs;
  if (tau < -1) return 0;
  if (time < event.end) return Math.min(1, (tau + 1) / 3) * plateau(tau);
  const duration = (event.end - event.start) / minuteMs;
  return Math.min(1, (duration + 1) / 3) * plateau(duration) * Math.exp(-(tau - duration) / 8);
}

function plateau(tau: number): number {
  return 0.6 + 0.4 * Math.exp(-Math.max(0, tau - 3) / 20);
}
