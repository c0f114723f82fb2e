/** An autoregression on chosen lags of a (seasonally differenced) series, its coefficients shrunk a little towards 0. */
export interface LagRidgeSpec {
  readonly name: string;
  /** In steps of the differenced series, ascending. */
  readonly lags: readonly number[];
  /** Value less the value this many steps before; 0 = the value itself. */
  readonly difference: number;
  /** Times the variance and the number of rows, added to the diagonal. */
  readonly ridge: number;
  /** Reweighted twice with Huber's weights, k = 1.345 robust standard deviations, so that wild hours count less. */
  readonly isHuber: boolean;
}
