import type { Event } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { MemberShare } from './member-share.ts';
import type { Series } from './series/series.ts';

/** A forecasting method. A fitted one can only be had from `fit`, so predicting before fitting does not compile. */
export interface Model {
  readonly name: string;
  /** @throws RangeError on misuse (unsorted, wrong step); poor data never throws, it widens the quantiles */
  fit(history: Series, context: FitContext): FittedModel;
}

export interface FitContext {
  /** Epoch ms; nothing after it is read. */
  readonly now: number;
  readonly events: readonly Event[];
}

export interface FittedModel {
  /** What was used and why, in a few words: "level × profile on 28 d". */
  readonly basis: string;
  /** Whose weighted mean it is a day ahead, weightiest first, the weights summing to 1; absent where it is no mean. */
  readonly members?: readonly MemberShare[];
  /**
   * Never throws on a valid ask.
   * @throws RangeError naming the field, when steps or levels are out of range or `recent` has another step
   */
  predict(options: PredictOptions): Forecast;
}

export interface PredictOptions {
  /** Epoch ms; the forecast begins at the step that contains it. @default the first step not complete at the fit's `now` */
  readonly from?: number;
  readonly steps: number;
  /** In (0, 1), ascending. */
  readonly levels: readonly number[];
  readonly events: readonly Event[];
  /** Actuals since the fit, in the history's step; without them the forecast stands as fitted. */
  readonly recent?: Series;
}
