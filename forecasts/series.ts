/**
 * A regular series, oldest first; null where nothing was measured. `values[i]` covers
 * [start + i·step, start + (i+1)·step) and is known only at its end. Demand is requests per second, the mean over a step.
 * Typed arrays with NaN live only inside forecasts/.
 */
export interface Series {
  /** Epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly values: readonly (number | null)[];
}
