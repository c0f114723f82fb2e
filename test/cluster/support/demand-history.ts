import type { Series } from '../../../forecasts/index.ts';

/** A sale of the history, as it will be written into a FlashSale. */
export interface HistoricSale {
  readonly name: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
}

/** The entry point's demand before, during and after one sale that is about to begin. */
export interface DemandHistory {
  /** A sentence: where the numbers come from. */
  readonly origin: string;
  /** Requests a second at 15 s steps; it reaches past the present, as far as `after` said. */
  readonly demand: Series;
  /** The sale that begins at the asked instant. */
  readonly sale: HistoricSale;
  /** What a merchandiser would state who looked at the last like sale: its highest minute against the one before it. */
  readonly statedPeakPercent: number;
  /** Oldest first; all end before `sale` begins. */
  readonly pastSales: readonly HistoricSale[];
}

export const stepSeconds = 15;

/** What both histories are asked for. */
export interface HistoryAsk {
  /** Epoch ms of the sale's start. */
  readonly t0: number;
  /** @default 28 */
  readonly days?: number;
  /** How far to go on after t0. @default 90 */
  readonly minutesAfter?: number;
}
