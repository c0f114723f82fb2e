import type { Event } from '../event.ts';

const minuteMs = 60_000;
/** An event is felt from half an hour before its start until two hours after its end. */
export const reachBeforeMs = 30 * minuteMs;
export const reachAfterMs = 120 * minuteMs;
/** The last part of the reach, over which what is left of an uplift fades to nothing. */
const fadeMs = 45 * minuteMs;
/** The opening of an event keeps its pace whatever the duration: a rush lasts as long in a short sale as in a long one. */
const openingMs = 30 * minuteMs;
/** A long event is looked at in at most so many pieces after its opening. */
const mostPieces = 240;

/** The moments of an event at which its curve is kept: dense where things happen fast, coarser through a long middle. */
export interface EventClock {
  readonly event: Event;
  /** Milliseconds since the start, ascending. */
  readonly knots: Float64Array;
}

/** The clock of an event in a series of steps of `stepMs`; a knot is the middle of a step or of several. */
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
  fill(duration, duration + reachAfterMs, Math.max(stepMs, minuteMs));
  return { event, knots: Float64Array.from(knots) };
}

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

/** A curve kept at the clock's knots, read at `sinceStartMs`: linear between knots, the end's value beyond. */
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

/**
 * 1 while an event is felt in full, falling to 0 at the end of its reach, 0 outside: of the step that begins at `time`. A
 * step that the event itself touches feels it in full, the others as their middle does.
 */
export function reachOf(event: Event, time: number, stepMs: number): number {
  if (time < event.end && time + stepMs > event.start) return 1;
  const middle = time + stepMs / 2;
  if (middle < event.start - reachBeforeMs) return 0;
  const left = event.end + reachAfterMs - middle;
  return Math.max(0, Math.min(1, left / fadeMs));
}

/** Milliseconds from an event's start to the middle of the step that begins at `time`, or of what a long step has of the event. */
export function middleOfStep({ start, end }: Event, time: number, stepMs: number): number {
  const isInside = time < end && time + stepMs > start;
  const from = isInside && stepMs > reachBeforeMs ? Math.max(time, start) : time;
  const to = isInside && stepMs > reachBeforeMs ? Math.min(time + stepMs, end) : time + stepMs;
  return (from + to) / 2 - start;
}
