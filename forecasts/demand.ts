import type { Event } from './event.ts';
import type { WidthShare } from './events/width-shares.ts';
import type { Forecast } from './forecast.ts';
import type { FitContext } from './model.ts';
import type { Series } from './series/series.ts';

/**
 * Forecast of a service's demand in parts: the base without events and the extra demand of each event. The parts add
 * per quantile level: demand at level q = base at q + Σ extras at q. The sum is conservative when several events
 * overlap.
 */
export interface DemandForecast {
  /** Demand without events. */
  readonly base: Forecast;
  /**
   * One forecast per requested event, then one per known event that runs or ended less than two hours before the newest
   * data; same start, step and length as `base`; 0 where the event has no effect.
   */
  readonly extras: readonly EventForecast[];
  /** The data and models used, in a sentence: "level × profile on 28 d; 3 past sales; stated peak". */
  readonly basis: string;
  /** What is doubtful about the history; the messages are part of `basis`. Absent when nothing was found. */
  readonly notes?: readonly DataNote[];
}

/** What is doubtful about a history: values that cannot be meant, or days that follow another clock. */
export interface DataNote {
  /**
   * `LeftOut`: missing for the models; `Kept`: the newest values, which may be the start of a rush; `OtherClock`: days are
   * counted in UTC, but demand moved with the clocks of a zone.
   */
  readonly kind: 'LeftOut' | 'Kept' | 'OtherClock';
  /** In words: "1 negative value left out". */
  readonly message: string;
  /** Their share (0–1) of the history's steps. */
  readonly share: number;
}

/** Forecast of the demand that one event adds. */
export interface EventForecast {
  /** The event's id. */
  readonly event: string;
  /** Number of past events the uplift was learned from; 0 = from the stated peak or the prior alone. */
  readonly pastEvents: number;
  /** Peaks of these past events as multiples of the demand without them, oldest first. */
  readonly pastPeakRatios?: readonly number[];
  /**
   * Properties of this event that no past event had, worded to follow "none": "on a weekend", "with categories shoes".
   * Each one widens the range. Empty when past events had all properties, or when there are no past events.
   */
  readonly unseen?: readonly string[];
  /** What the range comes from at the event's highest step; the shares sum to 1. Absent where no event is learned. */
  readonly width?: readonly WidthShare[];
  /**
   * Per level, the total with this event less the base at that level, ≥ 0, so that base + extra is the total's
   * quantile. As these are differences, the levels of the extra may cross: a running event can be more certain than the
   * base.
   */
  readonly extra: Forecast;
}

/** Fits a service's demand on the history up to `context.now`; past events are masked in the base. */
export type FitDemand = (history: Series, context: FitContext) => FittedDemand;

/** A demand forecaster fitted on a history. */
export interface FittedDemand {
  /** End of the newest data of the fit, epoch ms. */
  readonly fittedAt: number;
  predict(options: DemandOptions): DemandForecast;
}

export interface DemandOptions {
  /** Epoch ms, at or after `fittedAt`; the forecast begins at the step that contains it. */
  readonly from: number;
  /** Length of the forecast in steps of the history. */
  readonly steps: number;
  /** Quantile levels in (0, 1), ascending. */
  readonly levels: readonly number[];
  /** The events to forecast. */
  readonly events: readonly Event[];
  /** Events since the fit that are not to be forecast: those that `recent` shows. */
  readonly beside?: readonly Event[];
  /** Actual values since the fit, in the history's step, for the live correction; absent: the forecast as fitted. */
  readonly recent?: Series;
}
