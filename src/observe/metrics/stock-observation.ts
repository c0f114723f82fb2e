import type { Series } from '../../../forecasts/index.ts';
import type { Missing } from '../../api/missing.ts';

/** Stock of one sale that runs, as its source tells it. */
export interface StockObservation {
  /** The FlashSale's name. */
  readonly sale: string;
  /** Epoch ms of the start since which it was read. */
  readonly since: number;
  /** The highest stock since then; absent when no sample is known. */
  readonly highest?: number;
  /** The newest samples, or why there are none. */
  readonly samples: StockSamples | Missing;
}

/** Samples of a stock, with the same fields as those of demand. */
export interface StockSamples {
  /** The newest two hours, up to the last complete step. */
  readonly recent: Series;
  /** Age of the newest sample in seconds, domain time. */
  readonly ageSeconds: number;
  /** Epoch ms up to which samples are whole; later ones may still rise. @default the end of `recent` */
  readonly settledUntil?: number;
  /** Age at which the source's samples are whole, in seconds; absent before it was measured. */
  readonly latenessSeconds?: number;
  /** Why the newest query failed; absent when it succeeded. */
  readonly failure?: string;
}
