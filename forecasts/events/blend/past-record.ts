import type { Decomposition } from '../../decomposition.ts';
import type { Event } from '../../event.ts';
import { addTimes } from '../../statistics/add-times.ts';
import type { EventClock } from '../event-clock.ts';
import { type EventTraits, type FeatureColumn, featureColumns, featureUses } from '../event-features.ts';
import { highestInside, meanInside } from '../event-peak.ts';
import { type PastUplift, pastUpliftsFor } from '../past/past-uplifts.ts';
import { recencyWeights } from '../past/recency-weights.ts';
import { priorShape } from '../prior-shape.ts';
import { smoothCurve } from '../smooth-curve.ts';
import { statedLogRatio } from '../statement/stated-log-ratio.ts';
import { type News, newsOf } from '../unseen-kinds.ts';
import { upliftUnit } from '../uplift-unit.ts';
import { analogueShares } from './analogues.ts';
import { dayKindEvidence } from './day-kind-evidence.ts';
import { type EarlierShares, earlierShares } from './earlier-shares.ts';
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
  /** Mean of each smoothed curve inside its event, and that of the prior's curve. */
  readonly means: Float64Array;
  readonly priorMean: number;
  /** Properties of each past event that no earlier one had. */
  readonly news: readonly News[];
  /** Evidence (0–1) that events on weekends differ from those on working days. */
  readonly dayKinds: number;
  /** The prior's curve: its peak times its shape, smoothed. */
  readonly prior: Float64Array;
  /** The regression of the past events on the features of `own`; the last one is kept. */
  readonly regressionFor: (own: EventTraits) => Regression;
}

/** A ridge on past events with its columns. */
export interface Regression {
  readonly columns: readonly FeatureColumn[];
  readonly ridge: EventRidge;
  readonly earlier: EarlierShares;
}

/** What is known of past events besides their demand. */
export interface KnownOfPast {
  readonly traitsOf: (event: Event) => EventTraits;
  /** Level without events at a time (epoch ms), on the model's scale. */
  readonly levelAt: (time: number) => number;
}

/** Records the `past` events, oldest first, on a clock. */
export function pastRecord(
  fitted: Decomposition,
  clock: EventClock,
  past: readonly Event[],
  known: KnownOfPast,
): PastRecord {
  const unit = upliftUnit(fitted);
  const prior = priorCurve(fitted, clock);
  const pastUplifts = pastUpliftsFor(fitted, past, clock);
  const traits = pastUplifts.map(({ event }) => known.traitsOf(event));
  const recency = recencyWeights(pastUplifts, clock.event);
  const smoothed = pastUplifts.map(({ curve }) => smoothCurve(clock, curve));
  const means = Float64Array.from(smoothed, curve => meanInside(clock, curve));
  const uplifts = means.map((mean, k) => (mean - known.levelAt(traits[k]?.event.start ?? 0)) / unit);
  const dayKinds = dayKindEvidence(uplifts, traits, recency);
  const analogues = traits.map((own, i) => analogueShares(own, traits, recency, { dayKinds, leftOut: i }));
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
    means,
    priorMean: meanInside(clock, prior),
    news: traits.map((_, k) => newsOf(traits.slice(0, k + 1))),
    dayKinds,
    prior,
    regressionFor: keepLast(
      own => featureUses(traits, own),
      uses => {
        const columns = featureColumns(traits, uses, dayKinds);
        const ridge = eventRidge({ columns, recency, curves: smoothed, prior });
        return { columns, ridge, earlier: earlierShares(traits, ridge, dayKinds) };
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
