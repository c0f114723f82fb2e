import type { Event } from '../event.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { addTimes } from '../statistics/add-times.ts';
import { anchorColumn } from './blend/anchor-column.ts';
import { type Blend, blendEvents } from './blend/blend-events.ts';
import { leaveOneOut } from './blend/leave-one-out.ts';
import type { PastRecord } from './blend/past-record.ts';
import type { EventClock } from './event-clock.ts';
import { type EventTraits, likeness, otherDayLikeness } from './event-features.ts';
import { type Calm, calmUnder, peakAt } from './event-peak.ts';
import { anchorAt } from './past/past-uplifts.ts';
import { spreadDrift } from './spread-drift.ts';
import { followStatement } from './statement/follow-statement.ts';
import { namesOf, newsOf, unseenStatements } from './unseen-kinds.ts';
import type { Uplift } from './uplift.ts';
import { upliftDrift } from './uplift-drift.ts';
import { upliftUnit } from './uplift-unit.ts';

/** Longest lead at which the last minutes before the origin are used as an anchor. */
const anchorLeadMs = 3_600_000;
/** Weight of errors from the other kind of day (weekend or working day). */
const otherDayWeight = 0.2;

/** What an uplift is learned from. */
export interface LearnInput {
  readonly clock: EventClock;
  readonly own: EventTraits;
  /** The past events, on the same clock. */
  readonly record: PastRecord;
  /** Epoch ms, at or before the event's start. */
  readonly origin: number;
}

/**
 * Learns the uplift of an event as known at `origin` from past events. Their levels and last minutes are taken at the
 * same lead, so that the errors include the level's drift.
 */
export function learnUplift(present: Present, { clock, own, record, origin }: LearnInput): Uplift {
  const { fitted } = present;
  const { event } = clock;
  const { pastUplifts, recency, smoothed } = record;
  const leadMs = Math.max(0, event.start - origin);
  const events = [...pastUplifts.map(pastUplift => pastUplift.event), event];
  const traits = [...record.traits, own];
  const unit = upliftUnit(fitted);
  const { columns, ridge, earlier } = record.regressionFor(own);
  const anchored = (e: Event) => (leadMs <= anchorLeadMs ? anchorAt(present, e.start - leadMs) : Number.NaN);
  const anchor = Float64Array.from(events, anchored);
  const row = Float64Array.of(1, ...columns.map(column => column.own(own)));
  const column = anchorColumn(ridge, anchor, row);
  const blend = blendEvents({ own, past: record.traits, dayKinds: record.dayKinds, ridge, row, anchor, column });
  const levels = Float64Array.from(pastUplifts, past => middleLevelAt(present, past.event.start - leadMs));
  const leftOut = leaveOneOut(clock, { record, ridge, anchor, column, levels });
  const { dayKinds } = record;
  const weights = recency.map(
    (weight, k) => weight * (traits[k]?.weekend === own.weekend ? 1 : otherDayWeight ** dayKinds),
  );
  const alike = similarities(own, record);
  const meanErrors = leftOut.map(({ mean }) => mean / unit);
  const { drift: driftUnits, errors: stepErrors } = upliftDrift({
    uplifts: record.means.map((mean, k) => (mean - (levels[k] as number)) / unit),
    earlier,
    priorMean: record.priorMean / unit,
    meanErrors,
    weights,
    recency,
    alike,
    news: record.news,
    ...(column === undefined ? {} : { anchor: anchor.map(value => value / unit) }),
  });
  const levelNow = middleLevelAt(present, origin);
  const calms = events.map((e, k) => calmUnder(fitted, e, clock, levels[k] ?? levelNow));
  const peaks = record.peakKnots.map((knot, k) => {
    const uplift = (smoothed[k]?.[knot] as number) - (levels[k] as number);
    return peakAt(fitted, knot, { uplift, calm: calms[k] as Calm });
  });
  const curve = curveOf(blend, record, levels);
  const drift = spreadDrift({ clock, curve, unit, drift: unit * driftUnits });
  const ownNews = newsOf(traits);
  const unseen = namesOf(ownNews);
  const history = {
    clock,
    leadMs,
    point: curve.map((value, i) => value + (drift[i] as number)),
    pastUplifts,
    blend,
    prior: record.prior,
    drift,
    errors: leftOut.map(({ error }) => error),
    weights,
    unit,
    unseen,
    levels,
    forecastPeaks: leftOut.map(({ peak }) => peak),
    recency,
    peaks,
    record: { meanErrors, weights, stepErrors, alike, news: record.news, unseen: ownNews },
  };
  return followStatement({
    fitted,
    history,
    calms,
    unseen: unseen.length - unseenStatements(event, events.slice(0, -1)).length,
  });
}

/** The curve of a blend: constant + prior + shares of the past uplifts. */
function curveOf({ shares, prior, constant }: Blend, record: PastRecord, levels: Float64Array): Float64Array {
  const point = record.prior.map(value => constant + prior * value);
  let level = 0;
  record.smoothed.forEach((curve, k) => {
    addTimes(point, shares[k] as number, curve);
    level += (shares[k] as number) * (levels[k] as number);
  });
  return point.map(value => value - level);
}

/** Similarity of past events to the one to forecast, relative to the most similar one, 0–1. */
function similarities(own: EventTraits, { traits, dayKinds }: PastRecord): Float64Array {
  const values = Float64Array.from(traits, t => {
    const day = t.weekend === own.weekend ? 1 : otherDayLikeness ** dayKinds;
    return day * Math.sqrt(likeness({ ...own, weekend: t.weekend }, t));
  });
  const most = Math.max(1e-9, ...values);
  return values.map(value => value / most);
}
