import type { Event } from '../event.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { blendCurve } from './blend-curve.ts';
import { type Blend, blendEvents } from './blend-events.ts';
import { clockOf, type EventClock } from './event-clock.ts';
import { traitsOf } from './event-features.ts';
import { anchorAt, type PastUplift, pastUpliftsFor } from './past-uplifts.ts';
import { priorShape } from './prior-shape.ts';
import { recencyWeights } from './recency-weights.ts';
import { unseenKinds } from './unseen-kinds.ts';
import { upliftDrift } from './uplift-drift.ts';
import { upliftUnit } from './uplift-unit.ts';

/** What an event is expected to add on the model's scale over the level known at the origin, and what taught it. */
export interface Uplift {
  readonly clock: EventClock;
  /** How long before the start it is forecast. */
  readonly leadMs: number;
  /** One value a knot of the clock. */
  readonly point: Float64Array;
  readonly pastUplifts: readonly PastUplift[];
  /** One a past uplift, the asked event's last. */
  readonly blends: readonly Blend[];
  /** Part of `point`: by how much recent events outgrew the others. */
  readonly drift: number;
  /** By past uplift: what it showed less what the others would have forecast for it, one value a knot. */
  readonly errors: readonly Float64Array[];
  /** By past uplift, 0–1: how much its error says about the asked event. */
  readonly weights: Float64Array;
  /** 1 on a log scale; on a raw one the usual size of the series. */
  readonly unit: number;
  /** What of the event no past one showed, see {@link unseenKinds}: the band is wider for each. */
  readonly unseen: readonly string[];
}

/** Log of the peak ratio of an event of which nothing is known. */
const typicalPeak = Math.log(2.5);
/** The last minutes before the origin tell something about the event from an hour before its start on. */
const anchorLeadMs = 3_600_000;
const otherDayWeight = 0.2;
const mostLessons = 128;

/**
 * Learns the uplift of `event` as seen from `origin` (at or before its start) from the events of `known` that the fit
 * shows to their end; their levels and last minutes are taken at the same lead, so that what the level drifts in the
 * meantime counts among the errors.
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
  const seen = seenInStep(event, fitted.samples.stepMs);
  const shape = clock.knots.map(knot => seen * priorShape(event, event.start + knot));
  const uplifts = pastUplifts.map(({ curve, event: { start } }) => {
    const level = middleLevelAt(present, start - leadMs);
    return curve.map(value => value - level);
  });
  const own = traits.at(-1);
  const curveOf = (blend: Blend | undefined) => blendCurve(clock, blend, { uplifts, shape });
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

/** So many that the rest would count next to nothing: the work grows with their square. */
function newest(past: readonly Event[]): readonly Event[] {
  return past.length <= mostLessons ? past : past.toSorted((a, b) => a.start - b.start).slice(-mostLessons);
}

/** The log of the stated peak over that of an event of which nothing is known; NaN where none is stated. */
function statedOver(event: Event, unit: number): number {
  if (event.statedPeakRatio === undefined) return Number.NaN;
  const amplitude = unit === 1 ? Math.log(event.statedPeakRatio) : (event.statedPeakRatio - 1) * unit;
  return amplitude - typicalPeak * unit;
}

/** How much (0–1) of an uplift, in logs, is left in the mean of a step that is longer than the event. */
function seenInStep({ start, end, statedPeakRatio }: Event, stepMs: number): number {
  const share = Math.min(1, (end - start) / stepMs);
  const peak = Math.log(Math.max(statedPeakRatio ?? 0, Math.exp(typicalPeak)));
  return Math.log(1 + share * (Math.exp(peak) - 1)) / peak;
}

function less(values: Float64Array, subtrahend: Float64Array): Float64Array {
  return values.map((value, i) => value - (subtrahend[i] as number));
}
