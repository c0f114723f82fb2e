import type { Event } from '../event.ts';

const minuteMs = 60_000;

/**
 * The shape of a sale nobody has seen yet, as a share (0–1) of its peak on the log scale: up within two minutes, down
 * to 60 % over the next hour, gone soon after the end. A rectangle would be the wrong prior: people come at the bell.
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
