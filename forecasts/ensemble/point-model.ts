import type { RegularHistory } from './regular-history.ts';

/**
 * A member of the ensemble: point forecasts on the scaled regular grid. The ensemble handles quantiles, events and gaps
 * for all members.
 */
export interface PointModel {
  readonly name: string;
  /** Fits the member; undefined where the history is too short or the solution is not finite. */
  fit(history: RegularHistory): PointFit | undefined;
}

/**
 * A fitted member. Takes the grid again, possibly longer than at the fit, and returns forecasts from any origin in it,
 * so that one fit can be tried at many later origins. `scaled[0]` is the same instant as in the fit.
 */
export type PointFit = (scaled: Float64Array) => PointForecaster;

/** Forecasts the `steps` scaled values from index `origin` on, reading only values before `origin`. */
export type PointForecaster = (origin: number, steps: number) => Float64Array;
