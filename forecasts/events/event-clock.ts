import type { Event } from '../event.ts';

const minuteMs = 60_000;
/** An event is felt from half an hour before its start until two hours after its end. */
export const reachBeforeMs = 30 * minuteMs;
export const reachAfterMs = 120 * minuteMs;
/** The last part of the reach, over which what is left of an uplift fades to nothing. */
const fadeMs = 45 * minuteMs;
/** The opening of an event keeps its pace whatever the duration: a rush lasts as long in a short sale as in a long one. */
const openingMs = 30 * minuteMs;

/**
 * The time since its own start at which an event of another duration was as far along: the run-up, the first half hour
 * and the aftermath one to one, the rest stretched.
 */
export function warpTime(sinceStartMs: number, event: Event, other: Event): number {
  const duration = event.end - event.start;
  const otherDuration = other.end - other.start;
  if (sinceStartMs >= duration) return otherDuration + (sinceStartMs - duration);
  const opening = Math.min(openingMs, duration, otherDuration);
  if (sinceStartMs <= opening || duration <= opening) return sinceStartMs;
  return opening + ((sinceStartMs - opening) * (otherDuration - opening)) / (duration - opening);
}

/** 1 while an event is felt in full, falling to 0 at the end of its reach, 0 outside. */
export function reachOf(event: Event, time: number): number {
  if (time < event.start - reachBeforeMs) return 0;
  const left = event.end + reachAfterMs - time;
  return Math.max(0, Math.min(1, left / fadeMs));
}
