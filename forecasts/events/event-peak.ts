import type { Decomposition } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { type EventClock, warpTime } from './event-clock.ts';
import { upliftUnit } from './uplift-unit.ts';

/** Demand without an event at a knot of a clock, on the model's scale. */
export type Calm = (knot: number) => number;

/** The peak of a curve inside its event. */
export interface EventPeak {
  /** Index of the knot. */
  readonly knot: number;
  /** Natural logarithm of the demand there as a multiple of the demand without the event. */
  readonly logRatio: number;
}

/** Lowest multiple that is told apart. */
const lowestRatio = 0.05;

/** Demand without `event`, given the level (on the model's scale) that it is added to. */
export function calmUnder({ profile }: Decomposition, event: Event, clock: EventClock, level: number): Calm {
  return knot => profile.at(event.start + warpTime(clock.knots[knot] as number, clock.event, event)) + level;
}

/** The knot with the highest uplift inside the event: its peak whatever the time of day. */
export function upliftPeak(fitted: Decomposition, clock: EventClock, uplift: Float64Array, calm: Calm): EventPeak {
  const knot = highestInside(clock, uplift);
  return peakAt(fitted, knot, { uplift: uplift[knot] as number, calm });
}

/** The knot with the highest demand inside the event, calm + uplift. */
export function demandPeak(fitted: Decomposition, clock: EventClock, uplift: Float64Array, calm: Calm): EventPeak {
  const [first, end] = knotsInside(clock);
  const demand = new Float64Array(clock.knots.length);
  for (let i = first; i < end; i++) demand[i] = (uplift[i] as number) + calm(i);
  const knot = highestInside(clock, demand);
  return peakAt(fitted, knot, { uplift: uplift[knot] as number, calm });
}

/** The peak of an uplift whose highest knot is known. */
export function peakAt(
  fitted: Decomposition,
  knot: number,
  { uplift, calm }: { readonly uplift: number; readonly calm: Calm },
): EventPeak {
  return { knot, logRatio: logRatioOf(fitted, uplift, calm(knot)) };
}

/** Index of the first knot inside the event with the highest value; 0 without any. */
export function highestInside(clock: EventClock, values: Float64Array): number {
  const [first, end] = knotsInside(clock);
  let best = first;
  for (let i = first; i < end; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return first < end ? best : 0;
}

/** Mean of the values inside the event; 0 without any. */
export function meanInside(clock: EventClock, values: Float64Array): number {
  const [first, end] = knotsInside(clock);
  let sum = 0;
  for (let i = first; i < end; i++) sum += values[i] as number;
  return sum / Math.max(1, end - first);
}

/** Index of the first knot inside the event, and of the first one after it. */
function knotsInside({ knots, event }: EventClock): readonly [first: number, end: number] {
  const durationMs = event.end - event.start;
  let first = 0;
  while (first < knots.length && (knots[first] as number) < 0) first++;
  let end = first;
  while (end < knots.length && (knots[end] as number) < durationMs) end++;
  return [first, end];
}

/** The uplift, on the model's scale, that multiplies demand of `calm` by e^logRatio; inverse of {@link logRatioOf}. */
export function upliftFor(fitted: Decomposition, logRatio: number, calm: number): number {
  const { scale } = fitted;
  const usual = scale.from(calm);
  if (usual > 0) return scale.to(Math.exp(logRatio) * usual) - calm;
  return scale.name === 'log' ? logRatio : Math.expm1(logRatio) * upliftUnit(fitted);
}

/** The logarithm of the multiple that an uplift makes of demand of `calm`; both on the model's scale. */
export function logRatioOf(fitted: Decomposition, uplift: number, calm: number): number {
  const { scale } = fitted;
  const usual = scale.from(calm);
  if (!(usual > 0) && scale.name === 'log') return uplift;
  const ratio = usual > 0 ? scale.from(calm + uplift) / usual : 1 + uplift / upliftUnit(fitted);
  return Math.log(Math.max(lowestRatio, ratio));
}
