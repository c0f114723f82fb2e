import type { Event } from '../event.ts';
import { reachOf, readCurve } from '../events/event-clock.ts';
import { asNamedBy, followsMs, likeness, traitsOf } from '../events/event-features.ts';
import { type EventOutlook, type ExtraInput, outlookOn } from '../events/forecast-extra.ts';
import type { LearnUplift } from '../events/recall-uplift.ts';
import { smoothCurve } from '../events/smooth-curve.ts';
import type { EventExplanation, PastSale, Statement } from '../explanation.ts';
import { middleLevelAt, type Present } from '../present.ts';

/** The explained step of an event. */
export interface EventMoment {
  /** Start of the step, epoch ms. */
  readonly time: number;
  /** What the event adds in the step, on the model's scale. */
  readonly amount: number;
  /** What the event adds in the step, in the history's unit. */
  readonly extra: number;
}

/** Explains what an event adds in one step: prior, past sales, last minutes, drift, live
 * correction, statement and the rest. */
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
  const statement = statementOf(event, outlook, time);
  const parts = [
    ...partsOf(outlook, time, pastSales),
    { kind: 'statement' as const, amount: statement?.moved ?? 0 },
  ].map(({ kind, amount }) => ({ kind, amount: reach * amount }));
  const rest = parts.reduce((left, part) => left - part.amount, amount);
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
  const { clock, pastUplifts, blend, leadMs } = uplift;
  const { clock: local } = present.fitted.samples;
  const traits = (of: Event) => traitsOf(of, known.between(of.start - followsMs, of.start + 1), local);
  const own = traits(event);
  return pastUplifts.map(({ event: past, curve }, k) => {
    const level = middleLevelAt(present, past.start - leadMs);
    return {
      event: past.id,
      likeness: likeness(own, traits(asNamedBy(event, past))),
      share: blend.shares[k] ?? 0,
      uplift: readCurve(clock, smoothCurve(clock, curve), middleOf(time)) - level,
    };
  });
}

/** The parts of the blend, before the uplift fades at the end. */
function partsOf(
  { learned: { uplift }, middleOf, bend }: EventOutlook,
  time: number,
  pastSales: readonly PastSale[],
): EventExplanation['parts'] {
  const { clock, blend, prior, drift } = uplift;
  return [
    { kind: 'prior', amount: blend.prior * readCurve(clock, prior, middleOf(time)) },
    { kind: 'pastSales', amount: pastSales.reduce((sum, { share, uplift: showed }) => sum + share * showed, 0) },
    { kind: 'lastMinutes', amount: blend.constant },
    { kind: 'drift', amount: readCurve(clock, drift, middleOf(time)) },
    { kind: 'correction', amount: bend(time).correction },
  ];
}

/** Effect of the stated peak on the step. */
function statementOf(
  { statedPeakRatio: peakRatio }: Event,
  { learned: { uplift }, middleOf }: EventOutlook,
  time: number,
): Statement | undefined {
  const { clock, statement } = uplift;
  if (peakRatio === undefined || statement === undefined) return undefined;
  return { peakRatio, trust: statement.weight, moved: readCurve(clock, statement.moved, middleOf(time)) };
}
