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
  return peakAt(
    fitted,
    { uplift, calm },
    highestInside(clock, i => uplift[i] as number),
  );
}

/** The knot with the highest demand inside the event, calm + uplift. */
export function demandPeak(fitted: Decomposition, clock: EventClock, uplift: Float64Array, calm: Calm): EventPeak {
  const knot = highestInside(clock, i => (uplift[i] as number) + calm(i));
  return peakAt(fitted, { uplift, calm }, knot);
}

function peakAt(
  fitted: Decomposition,
  { uplift, calm }: { readonly uplift: Float64Array; readonly calm: Calm },
  knot: number,
): EventPeak {
  return { knot, logRatio: logRatioOf(fitted, uplift[knot] as number, calm(knot)) };
}

/** Index of the knot inside the event with the highest value; 0 without any. */
function highestInside({ knots, event }: EventClock, valueAt: (i: number) => number): number {
  const durationMs = event.end - event.start;
  let best: number | undefined;
  for (let i = 0; i < knots.length; i++) {
    if ((knots[i] as number) < 0 || (knots[i] as number) >= durationMs) continue;
    if (best === undefined || valueAt(i) > valueAt(best)) best = i;
  }
  return best ?? 0;
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
