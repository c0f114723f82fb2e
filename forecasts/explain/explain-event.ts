import type { Event } from '../event.ts';
import { reachOf, readCurve } from '../events/event-clock.ts';
import { likeness, traitsOf } from '../events/event-features.ts';
import { type EventOutlook, type ExtraInput, outlookOn } from '../events/forecast-extra.ts';
import { learnUplift, type Uplift } from '../events/learn-uplift.ts';
import { priorShape } from '../events/prior-shape.ts';
import type { LearnUplift } from '../events/recall-uplift.ts';
import { smoothCurve } from '../events/smooth-curve.ts';
import type { EventExplanation, PastSale, Statement } from '../explanation.ts';
import { middleLevelAt, type Present } from '../present.ts';

/** Factor by which the stated peak is raised to measure how far the forecast follows. */
const nudge = 1.1;

/** The explained step of an event. */
export interface EventMoment {
  /** Start of the step, epoch ms. */
  readonly time: number;
  /** What the event adds in the step, on the model's scale. */
  readonly amount: number;
  /** What the event adds in the step, in the history's unit. */
  readonly extra: number;
}

/** Explains what an event adds in one step: prior, past sales, last minutes, drift, live correction and the rest. */
export function explainEvent(
  present: Present,
  input: ExtraInput,
  learn: LearnUplift,
  { time, amount, extra }: EventMoment,
): EventExplanation {
  const { event } = input;
  const outlook = outlookOn(present, input, learn);
  const reach = reachOf(event, time, input.base.stepSeconds * 1000);
  const pastSales = pastSalesOf(present, input, outlook, time);
  const parts = partsOf(event, outlook, time, pastSales).map(({ kind, amount }) => ({ kind, amount: reach * amount }));
  const rest = parts.reduce((left, part) => left - part.amount, amount);
  const statement = statementOf(present, input, outlook, time);
  return {
    event: event.id,
    start: event.start,
    amount,
    extra,
    parts: [...parts, { kind: 'rest' as const, amount: rest }],
    unseen: outlook.learned.uplift.unseen,
    pastSales: pastSales.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share)),
    ...(statement === undefined ? {} : { statement }),
  };
}

function pastSalesOf(
  present: Present,
  { event, known }: ExtraInput,
  { learned: { uplift }, middleOf }: EventOutlook,
  time: number,
): readonly PastSale[] {
  const { clock, pastUplifts, blends, leadMs } = uplift;
  const own = traitsOf(event, known);
  return pastUplifts.map(({ event: past, curve }, k) => {
    const level = middleLevelAt(present, past.start - leadMs);
    return {
      event: past.id,
      likeness: likeness(own, traitsOf(past, known)),
      share: blends.at(-1)?.shares[k] ?? 0,
      uplift: readCurve(clock, smoothCurve(clock, curve), middleOf(time)) - level,
    };
  });
}

/** The parts of the blend, before the uplift fades at the end. */
function partsOf(
  event: Event,
  { learned: { uplift }, middleOf, bend }: EventOutlook,
  time: number,
  pastSales: readonly PastSale[],
): EventExplanation['parts'] {
  const { clock, blends, drift } = uplift;
  const blend = blends.at(-1);
  const shape = clock.knots.map(knot => priorShape(event, event.start + knot));
  return [
    { kind: 'prior', amount: (blend?.prior ?? 0) * readCurve(clock, smoothCurve(clock, shape), middleOf(time)) },
    { kind: 'pastSales', amount: pastSales.reduce((sum, { share, uplift: showed }) => sum + share * showed, 0) },
    { kind: 'lastMinutes', amount: blend?.constant ?? 0 },
    { kind: 'drift', amount: drift },
    { kind: 'correction', amount: bend(time).correction },
  ];
}

/** Effect of the stated peak, found by learning the uplift again with a peak 10 % higher and without one. */
function statementOf(
  present: Present,
  { event, known }: ExtraInput,
  { learned: { uplift }, origin, middleOf }: EventOutlook,
  time: number,
): Statement | undefined {
  const { statedPeakRatio: peakRatio, ...unstated } = event;
  if (peakRatio === undefined) return undefined;
  const upliftOf = (other: Event) => read(learnUplift(present, other, known, origin), middleOf(time));
  const stated = read(uplift, middleOf(time));
  const higher = upliftOf({ ...event, statedPeakRatio: nudge * peakRatio });
  const more = uplift.unit === 1 ? Math.log(nudge) : (nudge - 1) * peakRatio * uplift.unit;
  return { peakRatio, trust: (higher - stated) / more, moved: stated - upliftOf(unstated) };
}

function read({ clock, point }: Uplift, sinceStartMs: number): number {
  return readCurve(clock, point, sinceStartMs);
}
