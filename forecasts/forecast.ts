/** One value a step in `point` and in each `values`; levels ascending in (0, 1), never crossing, no NaN. */
export interface Forecast {
  /** The name of the model that made it. */
  readonly model: string;
  /** Epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly point: readonly number[];
  readonly quantiles: readonly Quantile[];
}

export interface Quantile {
  /** In (0, 1). */
  readonly level: number;
  readonly values: readonly number[];
}
