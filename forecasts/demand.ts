import type { Event } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { FitContext } from './model.ts';
import type { Series } from './series/series.ts';

/**
 * A service's demand, taken apart: what an ordinary day would bring, and what each event adds. The parts add level by
 * level: demand at level q = base at q + Σ extras at q, deliberately conservative when several events meet.
 */
export interface DemandForecast {
  /** Without events. */
  readonly base: Forecast;
  /** One an event asked for; same start, step and length as `base`; 0 outside the event's reach. */
  readonly extras: readonly EventForecast[];
  /** What was used and why, in a sentence: "level × profile on 28 d; 3 past sales; stated peak". */
  readonly basis: string;
}

export interface EventForecast {
  readonly event: string;
  /** How many past events taught the uplift; 0 = from the statement or the prior alone. */
  readonly pastEvents: number;
  /**
   * What of this event no past one showed, in words that follow "none": "on a week-end", "with categories shoes". The band
   * is wider for each. Empty when all was seen or nothing is past.
   */
  readonly unseen?: readonly string[];
  /**
   * At each level the total with this event less the base at that level, ≥ 0: base + extra is the total's quantile. Being
   * a difference, its own levels may cross: a running event is known more surely than what the day would have been.
   */
  readonly extra: Forecast;
}

/** Where the fit of a service's demand begins: history up to `context.now`, past events in it masked. */
export type FitDemand = (history: Series, context: FitContext) => FittedDemand;

export interface FittedDemand {
  /** Epoch ms of the last data it saw. */
  readonly fittedAt: number;
  predict(options: DemandOptions): DemandForecast;
}

export interface DemandOptions {
  /** Epoch ms; the forecast begins at the step that contains it, at or after `fittedAt`. */
  readonly from: number;
  readonly steps: number;
  /** In (0, 1), ascending. */
  readonly levels: readonly number[];
  readonly events: readonly Event[];
  /** Actuals since the fit, for the live correction; without them the forecast stands as fitted. */
  readonly recent?: Series;
}
