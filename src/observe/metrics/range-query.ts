/** A question for the values of one query over complete steps. */
export interface RangeQuery {
  readonly query: string;
  /** Epoch ms, a multiple of the step. */
  readonly start: number;
  /** Epoch ms, a multiple of the step, not after now: only complete steps are asked for. */
  readonly end: number;
  readonly stepSeconds: number;
}
