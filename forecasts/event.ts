/**
 * A sale as the forecaster sees it. Only events with `end` ≤ now are past and teach; later ones are forecast.
 * Hour, weekday and concurrency are derived, not stated.
 */
export interface Event {
  readonly id: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  /** The highest minute as a multiple of what that minute would have been without the event; ≥ 1. */
  readonly statedPeakRatio?: number;
  /** What may matter, by name: a number, or words with commas between them. */
  readonly features: Readonly<Record<string, number | string>>;
}
