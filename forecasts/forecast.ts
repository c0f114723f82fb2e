/**
 * A point forecast and its quantiles: one value per step in `point` and in each `values`, none NaN; quantiles do not
 * cross.
 */
export interface Forecast {
  /** Name of the model. */
  readonly model: string;
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly point: readonly number[];
  /** Quantiles by ascending level. */
  readonly quantiles: readonly Quantile[];
}

/** One quantile of a forecast. */
export interface Quantile {
  /** Probability in (0, 1) that demand is at or below the quantile. */
  readonly level: number;
  readonly values: readonly number[];
}
