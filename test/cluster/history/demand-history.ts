import type { Series } from '../../../forecasts/index.ts';

/** A sale as it will be written to a FlashSale. */
export interface HistoricSale {
  readonly name: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
}

/** A sale of the history, with its peak. */
export interface PlayedSale extends HistoricSale {
  /** The highest step as a percentage of the minutes before the sale, rounded to tens, at least 100. */
  readonly peakPercent: number;
}

/** The entry point's demand before, during and after one sale that is about to begin. */
export interface DemandHistory {
  /** Source of the numbers, in a sentence. */
  readonly origin: string;
  /** Requests per second at 15 s steps; reaches `minutesAfter` beyond the sale's start. */
  readonly demand: Series;
  /** The sale that begins at the requested instant. */
  readonly sale: PlayedSale;
  /** Oldest first; all end before `sale` begins. */
  readonly pastSales: readonly PlayedSale[];
}

export const stepSeconds = 15;
const stepMs = stepSeconds * 1000;

/** Input of both histories. */
export interface HistoryAsk {
  /** Epoch ms of the sale's start. */
  readonly t0: number;
  /** @default 28 */
  readonly days?: number;
  /** Minutes of demand after t0. @default 90 */
  readonly minutesAfter?: number;
}

/** Adds the peak to a sale, from the demand: the three minutes that end two minutes before the start are 100 %. */
export function withPeak(sale: HistoricSale, demand: Series): PlayedSale {
  const stepsOf = (from: number, to: number) =>
    demand.values.slice((from - demand.start) / stepMs, (to - demand.start) / stepMs).map(value => value ?? 0);
  const before = stepsOf(sale.start - 5 * 60_000, sale.start - 2 * 60_000);
  const usual = before.reduce((sum, value) => sum + value, 0) / before.length;
  const ratio = Math.max(...stepsOf(sale.start, sale.end)) / usual;
  return { ...sale, peakPercent: Math.max(100, Math.round(10 * ratio) * 10) };
}
