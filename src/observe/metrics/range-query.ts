/** Query for its values over complete steps. */
export interface RangeQuery {
  readonly query: string;
  /** Epoch ms, a multiple of the step. */
  readonly start: number;
  /** Epoch ms, a multiple of the step, not after now, since only complete steps are queried. */
  readonly end: number;
  readonly stepSeconds: number;
}
