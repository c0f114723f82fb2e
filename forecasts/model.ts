import type { ShopClock } from './clock/shop-clock.ts';
import type { Event } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { MemberShare } from './member-share.ts';
import type { Series } from './series/series.ts';

/** A forecasting method. Only `fit` returns a fitted model, so predicting before fitting does not compile. */
export interface Model {
  readonly name: string;
  /**
   * Fits the model.
   * @throws RangeError on invalid options (unsorted, wrong step); poor data widens the quantiles instead
   */
  fit(history: Series, context: FitContext): FittedModel;
}

/** What a model is fitted with besides the history. */
export interface FitContext {
  /** Epoch ms; later data is ignored. */
  readonly now: number;
  readonly events: readonly Event[];
  /** The shop's time zone and calendar: days and weekdays are its own. @default UTC, without holidays */
  readonly clock?: ShopClock;
  /** Clocks of which one is proposed in a note, where no clock is stated and the history followed its change. */
  readonly proposable?: readonly ShopClock[];
}

/** A model fitted on a history. */
export interface FittedModel {
  /** The data and method used, in a few words: "level × profile on 28 d". */
  readonly basis: string;
  /**
   * Members of the weighted mean one day ahead, by descending weight; the weights sum to 1. Absent for a single model.
   */
  readonly members?: readonly MemberShare[];
  /**
   * Forecasts; never throws on valid options.
   * @throws RangeError naming the field, when steps or levels are out of range or `recent` has a different step
   */
  predict(options: PredictOptions): Forecast;
}

/** What to forecast. */
export interface PredictOptions {
  /**
   * Epoch ms; the forecast begins at the step that contains it.
   * @default the first step not complete at the fit's `now`
   */
  readonly from?: number;
  /** Length of the forecast in steps of the history. */
  readonly steps: number;
  /** Quantile levels in (0, 1), ascending. */
  readonly levels: readonly number[];
  readonly events: readonly Event[];
  /** Actual values since the fit, in the history's step; absent: the forecast as fitted. */
  readonly recent?: Series;
}
