import type { Blend } from './blend/blend-events.ts';
import type { EventClock } from './event-clock.ts';
import type { EventPeak } from './event-peak.ts';
import type { PastUplift } from './past/past-uplifts.ts';
import type { SpreadRecord } from './spread-record.ts';

/** The learned uplift of an event over the level known at the origin, on the model's scale, with its sources. */
export interface Uplift {
  readonly clock: EventClock;
  /** Time from the origin to the event's start, ≥ 0. */
  readonly leadMs: number;
  /** The uplift, one value per knot of the clock. */
  readonly point: Float64Array;
  readonly pastUplifts: readonly PastUplift[];
  readonly blend: Blend;
  /** The prior's curve, which the blend has a share of. */
  readonly prior: Float64Array;
  /** What past errors tell of the spread. */
  readonly record: SpreadRecord;
  /** Part of `point`: what recent past events did beyond their forecasts, shrunk; one value per knot. */
  readonly drift: Float64Array;
  /** Leave-one-out error per past uplift: its uplift less the forecast from the others, one value per knot. */
  readonly errors: readonly Float64Array[];
  /** Weight of each past uplift's error for the event to forecast, 0–1. */
  readonly weights: Float64Array;
  /** Unit of uplifts: 1 on the log scale, the typical magnitude of the series on the raw scale. */
  readonly unit: number;
  /** Properties of the event that no past one had, see {@link unseenKinds}; each widens the range. */
  readonly unseen: readonly string[];
  /** Peaks of the past uplifts, as logarithms of multiples of the demand without them. */
  readonly peaks: readonly EventPeak[];
  /** Absent without a stated peak. */
  readonly statement?: StatementEffect;
}

/** An uplift learned from past events alone, without the statement. */
export interface HistoricUplift extends Uplift {
  /** Level known at the lead, one per past uplift, on the model's scale: the past uplift is its curve less this. */
  readonly levels: Float64Array;
  /** Highest knot of each past uplift, forecast from the others, and the uplift there. */
  readonly forecastPeaks: readonly { readonly knot: number; readonly uplift: number }[];
  /** Weight of each past uplift by its age, 0–1. */
  readonly recency: Float64Array;
}

/** The statement of an event, and how it changes the uplift that past events alone would give. */
export interface StatementEffect {
  /** Share (0–1) of the statement in the peak's logarithm. */
  readonly weight: number;
  /** Change of the uplift, on the model's scale, one value per knot. */
  readonly moved: Float64Array;
  /** Variance of the statement's part where past events had no statement; one value per knot. */
  readonly untold: Float64Array;
  /** Additional variance where the statement disagrees with past events; one value per knot. */
  readonly disagreement: Float64Array;
}
