import type { Decomposition } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { type EventClock, warpTime } from './event-clock.ts';
import { upliftUnit } from './uplift-unit.ts';

/** Demand without an event at each knot of a clock, on the model's scale. */
export type Calm = Float64Array;

/** The highest knot of a curve inside its event. */
export interface EventPeak {
  /** Index of the knot. */
  readonly knot: number;
  /** Natural logarithm of the demand there as a multiple of the demand without the event. */
  readonly logRatio: number;
}

/** Lowest multiple that is told apart. */
const lowestRatio = 0.05;

/** Demand without `event` at the knots of `clock`, given the level (on the model's scale) that it is added to. */
export function calmUnder({ profile }: Decomposition, event: Event, clock: EventClock, level: number): Calm {
  return clock.knots.map(knot => profile.at(event.start + warpTime(knot, clock.event, event)) + level);
}

/** The knot at which calm + uplift is highest inside the event, and its multiple. */
export function peakOf(fitted: Decomposition, clock: EventClock, uplift: Float64Array, calm: Calm): EventPeak {
  const { knots, event } = clock;
  const durationMs = event.end - event.start;
  let best = -1;
  for (let i = 0; i < knots.length; i++) {
    if ((knots[i] as number) < 0 || (knots[i] as number) >= durationMs) continue;
    if (best < 0 || totalAt(uplift, calm, i) > totalAt(uplift, calm, best)) best = i;
  }
  const knot = Math.max(0, best);
  return { knot, logRatio: logRatioOf(fitted, uplift[knot] as number, calm[knot] as number) };
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

function totalAt(uplift: Float64Array, calm: Calm, i: number): number {
  return (uplift[i] as number) + (calm[i] as number);
}
