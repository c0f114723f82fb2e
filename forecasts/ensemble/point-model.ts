import type { RegularHistory } from './regular-history.ts';

/**
 * A member of the ensemble: numbers in, numbers out, on the scaled regular grid. Members know nothing of quantiles,
 * events or gaps; the ensemble does that once for all.
 */
export interface PointModel {
  readonly name: string;
  /** Undefined where the history is too short or the solution would explode. */
  fit(history: RegularHistory): PointFit | undefined;
}

/**
 * What was learned. `follow` takes the grid again, now possibly longer than what was fitted on, and forecasts from any
 * origin in it, so one fit is judged on many origins that it has not seen. `scaled[0]` is the same instant as in the fit.
 */
export type PointFit = (scaled: Float64Array) => PointForecaster;

/** The `steps` scaled values from index `origin` on; reads nothing at or after `origin`. */
export type PointForecaster = (origin: number, steps: number) => Float64Array;
