import type { Event } from '../event.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { type Blend, blendEvents } from './blend-events.ts';
import { clockOf, type EventClock } from './event-clock.ts';
import { traitsOf } from './event-features.ts';
import { anchorAt, type PastUplift, pastUpliftsFor } from './past-uplifts.ts';
import { priorShape } from './prior-shape.ts';
import { recencyWeights } from './recency-weights.ts';
import { smoothCurve } from './smooth-curve.ts';
import { unseenKinds } from './unseen-kinds.ts';
import { upliftDrift } from './uplift-drift.ts';
import { upliftUnit } from './uplift-unit.ts';

/** The learned uplift of an event over the level known at the origin, on the model's scale, with its sources. */
export interface Uplift {
  readonly clock: EventClock;
  /** Time from the origin to the event's start, ≥ 0. */
  readonly leadMs: number;
  /** The uplift, one value per knot of the clock. */
  readonly point: Float64Array;
  readonly pastUplifts: readonly PastUplift[];
  /** One blend per past uplift, then that of the event to forecast. */
  readonly blends: readonly Blend[];
  /** Part of `point`: the mean error of recent past events, shrunk. */
  readonly drift: number;
  /** Leave-one-out error per past uplift: its uplift less the forecast from the others, one value per knot. */
  readonly errors: readonly Float64Array[];
  /** Weight of each past uplift's error for the event to forecast, 0–1. */
  readonly weights: Float64Array;
  /** Unit of uplifts: 1 on the log scale, the typical magnitude of the series on the raw scale. */
  readonly unit: number;
  /** Properties of the event that no past one had, see {@link unseenKinds}; each widens the range. */
  readonly unseen: readonly string[];
}

/** Log of the peak ratio of an event without any information. */
const typicalPeak = Math.log(2.5);
/** Longest lead at which the last minutes before the origin are used as an anchor. */
const anchorLeadMs = 3_600_000;
/** Weight of errors from the other kind of day (weekend or working day). */
const otherDayWeight = 0.2;
const mostPastUplifts = 128;

/**
 * Learns the uplift of `event` as known at `origin` (at or before its start), from those `known` events that end before
 * the end of the fit. Their levels and last minutes are taken at the same lead, so that the errors include the level's
 * drift.
 */
export function learnUplift(present: Present, event: Event, known: readonly Event[], origin: number): Uplift {
  const { fitted } = present;
  const clock = clockOf(event, fitted.samples.stepMs);
  const fitEnd = present.tail.start;
  const past = known.filter(other => other.end <= fitEnd && other.end <= event.start);
  const pastUplifts = pastUpliftsFor(fitted, newest(past), clock);
  const leadMs = Math.max(0, event.start - origin);
  const events = [...pastUplifts.map(pastUplift => pastUplift.event), event];
  const traits = events.map(e => traitsOf(e, known));
  const unit = upliftUnit(fitted);
  const recency = recencyWeights(pastUplifts, event);
  const anchored = (e: Event) => (leadMs <= anchorLeadMs ? anchorAt(present, e.start - leadMs) : Number.NaN);
  const blends = blendEvents({
    traits,
    recency,
    stated: Float64Array.from(events, e => statedOver(e, unit)),
    anchor: Float64Array.from(events, anchored),
    typicalPeak: typicalPeak * unit,
  });
  const damping = dampingInStep(event, fitted.samples.stepMs);
  const shape = clock.knots.map(knot => damping * priorShape(event, event.start + knot));
  const uplifts = pastUplifts.map(({ curve, event: { start } }) => {
    const level = middleLevelAt(present, start - leadMs);
    return curve.map(value => value - level);
  });
  const own = traits.at(-1);
  const curveOf = (blend: Blend | undefined) => curveOfBlend(clock, blend, { uplifts, shape });
  const errors = uplifts.map((uplift, k) => less(uplift, curveOf(blends[k])));
  const weights = recency.map((weight, k) => weight * (traits[k]?.weekend === own?.weekend ? 1 : otherDayWeight));
  const drift = upliftDrift(errors, weights);
  return {
    clock,
    leadMs,
    point: curveOf(blends.at(-1)).map(value => value + drift),
    pastUplifts,
    blends,
    drift,
    errors,
    weights,
    unit,
    unseen: unseenKinds(traits),
  };
}

/** The newest 128 past events: older ones would hardly count, and the work grows with the square of their number. */
function newest(past: readonly Event[]): readonly Event[] {
  return past.length <= mostPastUplifts ? past : past.toSorted((a, b) => a.start - b.start).slice(-mostPastUplifts);
}

/** Stated peak less the typical peak, on the model's scale; NaN where none is stated. */
function statedOver(event: Event, unit: number): number {
  if (event.statedPeakRatio === undefined) return Number.NaN;
  const amplitude = unit === 1 ? Math.log(event.statedPeakRatio) : (event.statedPeakRatio - 1) * unit;
  return amplitude - typicalPeak * unit;
}

/** Share (0–1) of the log uplift that remains in the mean of a step longer than the event; 1 for shorter steps. */
function dampingInStep({ start, end, statedPeakRatio }: Event, stepMs: number): number {
  const share = Math.min(1, (end - start) / stepMs);
  const peak = Math.log(Math.max(statedPeakRatio ?? 0, Math.exp(typicalPeak)));
  return Math.log(1 + share * (Math.exp(peak) - 1)) / peak;
}

/** The curves that a blend adds up, on the model's scale, one value per knot. */
interface Curves {
  /** One curve per past event. */
  readonly uplifts: readonly Float64Array[];
  /** The shape of the prior. */
  readonly shape: Float64Array;
}

/** The curve of a blend: constant + prior + shares of past uplifts, smoothed; 0 without a blend. */
function curveOfBlend(clock: EventClock, blend: Blend | undefined, { uplifts, shape }: Curves): Float64Array {
  const point = new Float64Array(shape.length);
  if (blend === undefined) return point;
  point.fill(blend.constant);
  addTimes(point, blend.prior, shape);
  for (let k = 0; k < uplifts.length; k++) addTimes(point, blend.shares[k] as number, uplifts[k] as Float64Array);
  return smoothCurve(clock, point);
}

/** sum += share · values */
function addTimes(sum: Float64Array, share: number, values: Float64Array): void {
  if (share === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + share * (values[i] as number);
}

function less(values: Float64Array, subtrahend: Float64Array): Float64Array {
  return values.map((value, i) => value - (subtrahend[i] as number));
}
