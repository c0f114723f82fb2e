import type { EventForecast } from '../demand.ts';
import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { middleLevelAt, type Present } from '../present.ts';
import { middleOfStep, reachAfterMs, reachBeforeMs, reachOf, readCurve } from './event-clock.ts';
import { correctionAhead, correctLive } from './live-correction.ts';
import type { LearnedUplift, LearnUplift } from './recall-uplift.ts';

export interface ExtraInput {
  readonly event: Event;
  /** Events that may teach, and whose company tells events apart. */
  readonly known: readonly Event[];
  /** Without the event, at the times and levels asked for. */
  readonly base: Forecast;
}

const name = 'event-uplift';
/** Once the event runs, its curve is the one forecast on its eve, corrected by the actuals. */
const eveMs = 600_000;

/**
 * What an event adds to the base, level by level: extra = total − base ≥ 0. Before the start the total is the learned
 * uplift over the level of now; while the event runs, the curve of its eve corrected by how far the actuals are off it.
 */
export function forecastExtra(present: Present, input: ExtraInput, learn: LearnUplift): EventForecast {
  const outlook = outlookOn(present, input, learn);
  const { pastUplifts, unseen } = outlook.learned.uplift;
  return { event: input.event.id, pastEvents: pastUplifts.length, unseen, extra: overBase(present, input, outlook) };
}

/** What is expected of an event, as deviations from the profile on the model's scale. */
export interface EventOutlook {
  readonly learned: LearnedUplift;
  /** Epoch ms: as seen from then, its eve once it runs. */
  readonly origin: number;
  /** The level known then. */
  readonly level: number;
  /** From the beginning of a step to its middle, counted from the event's start. */
  readonly middleOf: (time: number) => number;
  /** Level and uplift of the step that begins at `time`, not corrected. */
  readonly expected: (time: number) => number;
  readonly bend: Bend;
}

/** Learns the event, and corrects it where it already runs. */
export function outlookOn(present: Present, { event, base, known }: ExtraInput, learn: LearnUplift): EventOutlook {
  const running = present.origin > event.start;
  const origin = running ? event.start - eveMs : present.origin;
  const learned = learn(present, event, known, origin);
  const { uplift } = learned;
  const level = middleLevelAt(present, origin);
  const stepMs = base.stepSeconds * 1000;
  const middleOf = (time: number) => middleOfStep(event, time, stepMs);
  const expected = (time: number) => level + readCurve(uplift.clock, uplift.point, middleOf(time));
  const bend = running ? bendLive(present, learned, expected, middleOf) : bendBefore(learned, middleOf);
  return { learned, origin, level, middleOf, expected, bend };
}

/** What stands around the curve in the step that begins at `time`: a correction and a Student-t. */
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
): Bend {
  const correction = correctLive(present, learned.uplift, expected);
  if (correction === undefined) return bendBefore(learned, middleOf);
  const spread = learned.live();
  const { stepMs } = present.tail;
  return time => {
    const aheadMs = Math.max(stepMs, time + stepMs - present.origin);
    return { correction: correctionAhead(correction, aheadMs), ...spread(aheadMs, middleOf(time)) };
  };
}

/** What is expected of one step, on the model's scale. */
interface FeltStep {
  /** How much (0–1) of the event is felt. */
  readonly reach: number;
  readonly calm: number;
  /** Over `calm`, as the center of a Student-t. */
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
