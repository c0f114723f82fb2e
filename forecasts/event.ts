/**
 * A sale, as the forecaster uses it. Models learn from events with `end` ≤ now and forecast later ones.
 * Hour, weekday and concurrency are derived from the times.
 */
export interface Event {
  readonly id: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  /** Demand of the highest minute as a multiple of the demand in that minute without the event; ≥ 1. */
  readonly statedPeakRatio?: number;
  /** Properties that may affect the uplift, by name: a number, or words separated by commas. */
  readonly features: Readonly<Record<string, number | string>>;
  /** Ids of past events that count as of the same kind as this one, whatever their words and their time of day or week. */
  readonly similarTo?: readonly string[];
}
