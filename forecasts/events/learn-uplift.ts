import type { Event } from '../event.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { type Blend, blendEvents } from './blend-events.ts';
import { effectiveCount } from './effective-count.ts';
import { clockOf, type EventClock } from './event-clock.ts';
import { traitsOf } from './event-features.ts';
import { anchorAt, type Lesson, lessonsFor } from './lessons.ts';
import { priorShape } from './prior-shape.ts';
import { smoothCurve } from './smooth-curve.ts';
import { unseenKinds } from './unseen-kinds.ts';
import { upliftUnit } from './uplift-unit.ts';

/** What an event is expected to add on the model's scale over the level known at the origin, and what taught it. */
export interface Uplift {
  readonly clock: EventClock;
  /** How long before the start it is forecast. */
  readonly leadMs: number;
  /** One value a knot of the clock. */
  readonly point: Float64Array;
  readonly lessons: readonly Lesson[];
  /** One a lesson, the asked event's last. */
  readonly blends: readonly Blend[];
  /** Part of `point`: by how much recent events outgrew the others. */
  readonly drift: number;
  /** By lesson: what it showed less what the others would have forecast for it, one value a knot. */
  readonly errors: readonly Float64Array[];
  /** By lesson, 0–1: how much its error says about the asked event. */
  readonly weights: Float64Array;
  /** 1 on a log scale; on a raw one the usual size of the series. */
  readonly unit: number;
  /** What of the event no past one showed, see {@link unseenKinds}: the band is wider for each. */
  readonly unseen: readonly string[];
}

const dayMs = 86_400_000;
const shortestHalfLifeMs = 7 * dayMs;
/** A past event counts half when so many typical distances between events lie after it. */
const halfLifeGaps = 4;
/** Log of the peak ratio of an event of which nothing is known. */
const typicalPeak = Math.log(2.5);
/** The last minutes before the origin tell something about the event from an hour before its start on. */
const anchorLeadMs = 3_600_000;
const otherDayWeight = 0.2;
const driftDoubt = 6;
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
  const lessons = lessonsFor(fitted, newest(past), clock);
  const leadMs = Math.max(0, event.start - origin);
  const events = [...lessons.map(lesson => lesson.event), event];
  const traits = events.map(e => traitsOf(e, known));
  const unit = upliftUnit(fitted);
  const recency = recencyOf(lessons, event);
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
  const uplifts = lessons.map(({ curve, event: { start } }) => {
    const level = middleLevelAt(present, start - leadMs);
    return curve.map(value => value - level);
  });
  const own = traits.at(-1);
  const errors = uplifts.map((uplift, k) => less(uplift, blendCurve(clock, blends[k], uplifts, shape)));
  const weights = recency.map((weight, k) => weight * (traits[k]?.weekend === own?.weekend ? 1 : otherDayWeight));
  const drift = driftOf(errors, weights);
  return {
    clock,
    leadMs,
    point: blendCurve(clock, blends.at(-1), uplifts, shape).map(value => value + drift),
    lessons,
    blends,
    drift,
    errors,
    weights,
    unit,
    unseen: unseenKinds(traits),
  };
}

/** How much (0–1) of an uplift, in logs, is left in the mean of a step that is longer than the event. */
function seenInStep({ start, end, statedPeakRatio }: Event, stepMs: number): number {
  const share = Math.min(1, (end - start) / stepMs);
  const peak = Math.log(Math.max(statedPeakRatio ?? 0, Math.exp(typicalPeak)));
  return Math.log(1 + share * (Math.exp(peak) - 1)) / peak;
}

/** So many that the rest would count next to nothing: the work grows with their square. */
function newest(past: readonly Event[]): readonly Event[] {
  return past.length <= mostLessons ? past : past.toSorted((a, b) => a.start - b.start).slice(-mostLessons);
}

/** What recent events were above (or below) what the others would have forecast, shrunk: sales grow with the shop. */
function driftOf(errors: readonly Float64Array[], weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return 0;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const drift = errors.reduce((sum, error, k) => sum + (weights[k] as number) * mean(error), 0) / total;
  const count = effectiveCount(weights);
  return (drift * count) / (count + driftDoubt);
}

function blendCurve(
  clock: EventClock,
  blend: Blend | undefined,
  uplifts: readonly Float64Array[],
  shape: Float64Array,
): Float64Array {
  const point = new Float64Array(shape.length);
  if (blend === undefined) return point;
  point.fill(blend.constant);
  addTimes(point, blend.prior, shape);
  for (let k = 0; k < uplifts.length; k++) addTimes(point, blend.shares[k] as number, uplifts[k] as Float64Array);
  return smoothCurve(clock, point);
}

function less(values: Float64Array, subtrahend: Float64Array): Float64Array {
  const rest = values.slice();
  addTimes(rest, -1, subtrahend);
  return rest;
}

/** sum += share · values */
function addTimes(sum: Float64Array, share: number, values: Float64Array): void {
  if (share === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + share * (values[i] as number);
}

/** Newer events count more; how fast they age depends on how often there are any. */
function recencyOf(lessons: readonly Lesson[], asked: Event): Float64Array {
  const starts = lessons.map(lesson => lesson.event.start).sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] as number));
  const typicalGap = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const halfLifeMs = Math.max(shortestHalfLifeMs, halfLifeGaps * typicalGap);
  const newest = starts.at(-1) ?? asked.start;
  return Float64Array.from(lessons, ({ event }) => 2 ** ((event.start - newest) / halfLifeMs));
}

function statedOver(event: Event, unit: number): number {
  if (event.statedPeakRatio === undefined) return Number.NaN;
  const amplitude = unit === 1 ? Math.log(event.statedPeakRatio) : (event.statedPeakRatio - 1) * unit;
  return amplitude - typicalPeak * unit;
}
