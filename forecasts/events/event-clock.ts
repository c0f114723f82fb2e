import type { Event } from '../event.ts';

const minuteMs = 60_000;
/** The uplift of an event begins half an hour before its start and ends two hours after its end. */
export const reachBeforeMs = 30 * minuteMs;
export const reachAfterMs = 120 * minuteMs;
/** Last part of these two hours, over which the uplift fades to 0. */
const fadeMs = 45 * minuteMs;
/** Length of the opening, which is not stretched with the duration: the first rush is equally long in all sales. */
const openingMs = 30 * minuteMs;
/** First part of the two hours after the end, in which most visitors leave; then knots are three minutes apart. */
const closingMs = 30 * minuteMs;
const lateStepMs = 3 * minuteMs;
/** Number of knots after the opening at most. */
const mostPieces = 240;

/** The knots of an event's curve: dense around the start, coarser through a long middle. */
export interface EventClock {
  readonly event: Event;
  /** Milliseconds since the event's start, ascending. */
  readonly knots: Float64Array;
}

/** The clock of an event for a series with steps of `stepMs`; each knot is the middle of one or several steps. */
export function clockOf(event: Event, stepMs: number): EventClock {
  const duration = event.end - event.start;
  const opening = Math.min(openingMs, duration);
  const piece = Math.max(stepMs, (duration - opening) / mostPieces);
  const knots: number[] = [];
  const fill = (from: number, to: number, by: number) => {
    const count = Math.max(1, Math.round((to - from) / by));
    for (let i = 0; i < count; i++) knots.push(from + ((i + 0.5) * (to - from)) / count);
  };
  fill(-reachBeforeMs, 0, stepMs);
  fill(0, opening, stepMs);
  if (duration > opening) fill(opening, duration, piece);
  fill(duration, duration + closingMs, Math.max(stepMs, minuteMs));
  fill(duration + closingMs, duration + reachAfterMs, Math.max(stepMs, lateStepMs));
  return { event, knots: Float64Array.from(knots) };
}

/**
 * Maps a time of `event` to the corresponding time of `other`, both in ms since their start: run-up, first half hour
 * and aftermath one to one, the rest stretched to the other duration.
 */
export function warpTime(sinceStartMs: number, event: Event, other: Event): number {
  const duration = event.end - event.start;
  const otherDuration = other.end - other.start;
  if (sinceStartMs >= duration) return otherDuration + (sinceStartMs - duration);
  const opening = Math.min(openingMs, duration, otherDuration);
  if (sinceStartMs <= opening || duration <= opening) return sinceStartMs;
  return opening + ((sinceStartMs - opening) * (otherDuration - opening)) / (duration - opening);
}

/** Reads a curve, one value per knot, at `sinceStartMs`: linear between knots, constant beyond the ends. */
export function readCurve({ knots }: EventClock, curve: Float64Array, sinceStartMs: number): number {
  const last = knots.length - 1;
  if (sinceStartMs <= (knots[0] as number)) return curve[0] as number;
  if (sinceStartMs >= (knots[last] as number)) return curve[last] as number;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((knots[middle] as number) <= sinceStartMs) low = middle;
    else high = middle;
  }
  const from = knots[low] as number;
  const share = (sinceStartMs - from) / ((knots[high] as number) - from);
  return (curve[low] as number) * (1 - share) + (curve[high] as number) * share;
}

/** Index of the knot nearest to `sinceStartMs`. */
export function nearestKnot({ knots }: EventClock, sinceStartMs: number): number {
  let nearest = 0;
  for (let i = 1; i < knots.length; i++) {
    const isNearer =
      Math.abs((knots[i] as number) - sinceStartMs) < Math.abs((knots[nearest] as number) - sinceStartMs);
    if (isNearer) nearest = i;
  }
  return nearest;
}

/**
 * Share (0–1) of an event's uplift in the step that begins at `time`: 1 in steps that overlap the event and from half
 * an hour before, falling to 0 over the last 45 minutes of the two hours after, 0 outside. Taken at the middle of the
 * step.
 */
export function reachOf(event: Event, time: number, stepMs: number): number {
  if (time < event.end && time + stepMs > event.start) return 1;
  const middle = time + stepMs / 2;
  if (middle < event.start - reachBeforeMs) return 0;
  const left = event.end + reachAfterMs - middle;
  return Math.max(0, Math.min(1, left / fadeMs));
}

/**
 * Ms from an event's start to the middle of the step that begins at `time`; in a long step, to the middle of its
 * overlap.
 */
export function middleOfStep({ start, end }: Event, time: number, stepMs: number): number {
  const isInside = time < end && time + stepMs > start;
  const from = isInside && stepMs > reachBeforeMs ? Math.max(time, start) : time;
  const to = isInside && stepMs > reachBeforeMs ? Math.min(time + stepMs, end) : time + stepMs;
  return (from + to) / 2 - start;
}
