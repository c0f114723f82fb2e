import type { Event } from '../event.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { blendCurve } from './blend-curve.ts';
import { type Blend, blendEvents } from './blend-events.ts';
import { clockOf } from './event-clock.ts';
import { asNamedBy, traitsOf } from './event-features.ts';
import { type Calm, calmUnder, upliftPeak } from './event-peak.ts';
import { anchorAt, pastUpliftsFor } from './past-uplifts.ts';
import { priorShape } from './prior-shape.ts';
import { recencyWeights } from './recency-weights.ts';
import { smoothCurve } from './smooth-curve.ts';
import { followStatement, statedLogRatio } from './statement/follow-statement.ts';
import { unseenKinds, unseenStatements } from './unseen-kinds.ts';
import type { Uplift } from './uplift.ts';
import { upliftDrift } from './uplift-drift.ts';
import { upliftUnit } from './uplift-unit.ts';

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
  const traits = events.map(e => traitsOf(asNamedBy(event, e), known));
  const unit = upliftUnit(fitted);
  const recency = recencyWeights(pastUplifts, event);
  const anchored = (e: Event) => (leadMs <= anchorLeadMs ? anchorAt(present, e.start - leadMs) : Number.NaN);
  const anchor = Float64Array.from(events, anchored);
  const blends = blendEvents({ traits, recency, anchor, typicalPeak: typicalPeak * unit });
  const damping = dampingInStep(event, fitted.samples.stepMs);
  const shape = clock.knots.map(knot => damping * priorShape(event, event.start + knot));
  const levels = pastUplifts.map(({ event: { start } }) => middleLevelAt(present, start - leadMs));
  const uplifts = pastUplifts.map(({ curve }, k) => curve.map(value => value - (levels[k] as number)));
  const own = traits.at(-1);
  const curveOf = (blend: Blend | undefined) => blendCurve(clock, blend, { uplifts, shape });
  const forecasts = uplifts.map((_, k) => curveOf(blends[k]));
  const errors = uplifts.map((uplift, k) => less(uplift, forecasts[k] as Float64Array));
  const weights = recency.map((weight, k) => weight * (traits[k]?.weekend === own?.weekend ? 1 : otherDayWeight));
  const drift = upliftDrift(errors, weights);
  const levelNow = middleLevelAt(present, origin);
  const calms = events.map((e, k) => calmUnder(fitted, e, clock, levels[k] ?? levelNow));
  const peaks = uplifts.map((uplift, k) => upliftPeak(fitted, clock, smoothCurve(clock, uplift), calms[k] as Calm));
  const unseen = unseenKinds(traits);
  const history = {
    clock,
    leadMs,
    point: curveOf(blends.at(-1)).map(value => value + drift),
    pastUplifts,
    blends,
    drift,
    errors,
    weights,
    unit,
    unseen,
    uplifts,
    forecasts,
    recency,
    peaks,
  };
  return followStatement({
    fitted,
    history,
    calms,
    unseen: unseen.length - unseenStatements(event, events.slice(0, -1)).length,
  });
}

/** The newest 128 past events: older ones would hardly count, and the work grows with the square of their number. */
function newest(past: readonly Event[]): readonly Event[] {
  return past.length <= mostPastUplifts ? past : past.toSorted((a, b) => a.start - b.start).slice(-mostPastUplifts);
}

/** Share (0–1) of the log uplift that remains in the mean of a step longer than the event; 1 for shorter steps. */
function dampingInStep(event: Event, stepMs: number): number {
  return (statedLogRatio({ ...event, statedPeakRatio: Math.exp(typicalPeak) }, stepMs) ?? 0) / typicalPeak;
}

function less(values: Float64Array, subtrahend: Float64Array): Float64Array {
  return values.map((value, i) => value - (subtrahend[i] as number));
}
