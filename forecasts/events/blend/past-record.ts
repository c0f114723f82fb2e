import type { Decomposition } from '../../decomposition.ts';
import type { Event } from '../../event.ts';
import { addTimes } from '../../statistics/add-times.ts';
import type { EventClock } from '../event-clock.ts';
import { type EventTraits, type FeatureColumn, featureColumns, featureUses } from '../event-features.ts';
import { highestInside } from '../event-peak.ts';
import { type PastUplift, pastUpliftsFor } from '../past/past-uplifts.ts';
import { recencyWeights } from '../past/recency-weights.ts';
import { priorShape } from '../prior-shape.ts';
import { smoothCurve } from '../smooth-curve.ts';
import { statedLogRatio } from '../statement/stated-log-ratio.ts';
import { upliftUnit } from '../uplift-unit.ts';
import { analogueShares } from './analogues.ts';
import { type EventRidge, eventRidge } from './event-ridge.ts';

/** Peak ratio of an event without any information. */
const typicalRatio = 2.5;

/**
 * What is known of past events whatever the event to come and the lead: worked out once per fit and clock, so that a
 * forecast only adds up.
 */
export interface PastRecord {
  readonly pastUplifts: readonly PastUplift[];
  readonly traits: readonly EventTraits[];
  /** Weight of each past event by its age, 0–1. */
  readonly recency: Float64Array;
  /** The curves of the past uplifts, smoothed. */
  readonly smoothed: readonly Float64Array[];
  /** Knot of the highest smoothed uplift inside each event. */
  readonly peakKnots: readonly number[];
  /** Shares of the others in the forecast of each past event as its analogues. */
  readonly analogues: readonly Float64Array[];
  /** These shares of the smoothed curves, added up. */
  readonly analogueMeans: readonly Float64Array[];
  /** The prior's curve: its peak times its shape, smoothed. */
  readonly prior: Float64Array;
  /** The regression of the past events on the features of `own`; the last one is kept. */
  readonly regressionFor: (own: EventTraits) => Regression;
}

/** A ridge on past events with its columns. */
export interface Regression {
  readonly columns: readonly FeatureColumn[];
  readonly ridge: EventRidge;
}

/** Records the `past` events on a clock; `traitsFor` gives the traits of one. */
export function pastRecord(
  fitted: Decomposition,
  clock: EventClock,
  past: readonly Event[],
  traitsFor: (event: Event) => EventTraits,
): PastRecord {
  const prior = priorCurve(fitted, clock);
  const pastUplifts = pastUpliftsFor(fitted, past, clock);
  const traits = pastUplifts.map(({ event }) => traitsFor(event));
  const recency = recencyWeights(pastUplifts, clock.event);
  const smoothed = pastUplifts.map(({ curve }) => smoothCurve(clock, curve));
  const analogues = traits.map((own, i) => analogueShares(own, traits, recency, i));
  return {
    pastUplifts,
    traits,
    recency,
    smoothed,
    peakKnots: smoothed.map(curve => highestInside(clock, curve)),
    analogues,
    analogueMeans: analogues.map(shares => {
      const mean = new Float64Array(clock.knots.length);
      smoothed.forEach((curve, k) => {
        addTimes(mean, shares[k] as number, curve);
      });
      return mean;
    }),
    prior,
    regressionFor: keepLast(
      own => featureUses(traits, own),
      uses => {
        const columns = featureColumns(traits, uses);
        return { columns, ridge: eventRidge({ columns, recency, curves: smoothed, prior }) };
      },
    ),
  };
}

function priorCurve(fitted: Decomposition, clock: EventClock): Float64Array {
  const { event, knots } = clock;
  const { stepMs } = fitted.samples;
  // the share of the log uplift that remains in the mean of a step longer than the event
  const peak = statedLogRatio({ ...event, statedPeakRatio: typicalRatio }, stepMs) ?? 0;
  const shape = knots.map(knot => peak * upliftUnit(fitted) * priorShape(event, event.start + knot));
  return smoothCurve(clock, shape);
}

/** Caches the last result of `work`, by the content of what `read` reads. */
function keepLast<A, B extends ReadonlyMap<string, string>, C>(read: (a: A) => B, work: (b: B) => C): (a: A) => C {
  let last: { readonly key: string; readonly result: C } | undefined;
  return a => {
    const b = read(a);
    const key = JSON.stringify([...b]);
    if (last?.key !== key) last = { key, result: work(b) };
    return last.result;
  };
}
