import type { EventForecast } from '../demand.ts';
import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { middleOfStep, reachAfterMs, reachBeforeMs, reachOf, readCurve } from './event-clock.ts';
import { highestInside } from './event-peak.ts';
import { correctionAhead, correctLive } from './live-correction.ts';
import type { KnownEvents } from './past/known-events.ts';
import type { LearnedUplift, LearnUplift } from './recall-uplift.ts';
import type { Uplift } from './uplift.ts';
import { liveWidth, widthShares } from './width-shares.ts';

/** Input of {@link forecastExtra}. */
export interface ExtraInput {
  /** The event to forecast. */
  readonly event: Event;
  /** All known events: the past ones to learn from, and those that run at the same time. */
  readonly known: KnownEvents;
  /** Forecast without the event, with the steps and levels of the result. */
  readonly base: Forecast;
}

const name = 'event-uplift';
/** The curve of a running event is the one forecast this long before its start, corrected by the actual values. */
const eveMs = 600_000;

/**
 * Forecasts what an event adds to the base, per quantile level: extra = total − base ≥ 0. Before the start the total is
 * profile + current level + learned uplift; while the event runs, the curve is corrected by the actual values.
 */
export function forecastExtra(present: Present, input: ExtraInput, learn: LearnUplift): EventForecast {
  const outlook = outlookOn(present, input, learn);
  const { uplift, before } = outlook.learned;
  return {
    event: input.event.id,
    pastEvents: uplift.pastUplifts.length,
    pastPeakRatios: pastPeakRatios(uplift),
    unseen: uplift.unseen,
    width: outlook.isCorrected ? liveWidth : widthShares(before, highestInside(uplift.clock, uplift.point)),
    extra: overBase(present, input, outlook),
  };
}

function pastPeakRatios({ pastUplifts, peaks }: Uplift): readonly number[] {
  return pastUplifts
    .map(({ event }, k) => ({ start: event.start, ratio: Math.exp(peaks[k]?.logRatio ?? 0) }))
    .sort((a, b) => a.start - b.start)
    .map(({ ratio }) => ratio);
}

/** The expected course of an event, as deviations from the profile on the model's scale. */
export interface EventOutlook {
  readonly learned: LearnedUplift;
  /** Epoch ms of the forecast's origin; for a running event ten minutes before its start. */
  readonly origin: number;
  /** The level known at `origin`. */
  readonly level: number;
  /** Maps the start of a step (epoch ms) to its middle, in ms since the event's start. */
  readonly middleOf: (time: number) => number;
  /** Level + uplift of the step that begins at `time`, before correction. */
  readonly expected: (time: number) => number;
  readonly bend: Bend;
  /** Whether actual values of the event correct its curve and its spread. */
  readonly isCorrected: boolean;
}

/** Learns the uplift of an event, and corrects it if the event is running. */
export function outlookOn(present: Present, { event, base, known }: ExtraInput, learn: LearnUplift): EventOutlook {
  const running = present.origin > event.start;
  const origin = running ? event.start - eveMs : present.origin;
  const learned = learn(present, event, known, origin);
  const { uplift } = learned;
  const level = middleLevelAt(present, origin);
  const stepMs = base.stepSeconds * 1000;
  const middleOf = (time: number) => middleOfStep(event, time, stepMs);
  const expected = (time: number) => level + readCurve(uplift.clock, uplift.point, middleOf(time));
  const live = running ? bendLive(present, learned, expected, middleOf) : undefined;
  const bend = live ?? bendBefore(learned, middleOf);
  return { learned, origin, level, middleOf, expected, bend, isCorrected: live !== undefined };
}

/** Correction of the curve and scale and degrees of its Student's t, for the step that begins at `time`. */
type Bend = (time: number) => { readonly correction: number; readonly scale: number; readonly degrees: number };

function bendBefore({ uplift, before }: LearnedUplift, middleOf: (time: number) => number): Bend {
  const { scale, degrees } = before;
  return time => ({ correction: 0, scale: readCurve(uplift.clock, scale, middleOf(time)), degrees });
}

function bendLive(
  present: Present,
  learned: LearnedUplift,
  expected: (time: number) => number,
  middleOf: (time: number) => number,
): Bend | undefined {
  const correction = correctLive(present, learned.uplift, expected);
  if (correction === undefined) return undefined;
  const spread = learned.live();
  const { stepMs } = present.tail;
  return time => {
    const aheadMs = Math.max(stepMs, time + stepMs - present.origin);
    return { correction: correctionAhead(correction, aheadMs), ...spread(aheadMs, middleOf(time)) };
  };
}

/** Forecast of one step of an event, on the model's scale. */
interface FeltStep {
  /** Share (0–1) of the uplift in this step. */
  readonly reach: number;
  /** Profile + level. */
  readonly calm: number;
  /** Uplift over `calm`: the center of a Student's t. */
  readonly above: number;
  readonly spread: number;
  readonly degrees: number;
}

function overBase(
  { fitted, tailLevel }: Present,
  { event, base }: ExtraInput,
  { learned, expected, bend }: EventOutlook,
): Forecast {
  const { profile, scale } = fitted;
  const stepMs = base.stepSeconds * 1000;
  const level = tailLevel.middle.level;
  const first = Math.max(0, Math.floor((event.start - reachBeforeMs - base.start) / stepMs));
  const last = Math.min(base.point.length - 1, Math.floor((event.end + reachAfterMs - base.start) / stepMs));
  const felt: FeltStep[] = [];
  for (let i = first; i <= last; i++) {
    const time = base.start + i * stepMs;
    const { correction, scale: spread, degrees } = bend(time);
    const above = expected(time) + correction - level;
    felt.push({ reach: reachOf(event, time, stepMs), calm: profile.at(time) + level, above, spread, degrees });
  }
  const extraWith = (without: readonly number[], t: (degrees: number) => number) =>
    without.map((calmTotal, i) => {
      const step = felt[i - first];
      if (step === undefined || step.reach === 0) return 0;
      const total = scale.from(step.calm + step.reach * (step.above + t(step.degrees) * step.spread));
      return Math.max(0, total - calmTotal);
    });
  const quantiles = base.quantiles.map(({ level, values }) => ({
    level,
    values: extraWith(values, learned.quantile(level)),
  }));
  const point = extraWith(base.point, () => 0);
  return { model: name, start: base.start, stepSeconds: base.stepSeconds, point, quantiles };
}
