import type { Event } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { Series } from './series.ts';

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
  /** The forecast of `steps` steps from the first step not complete at the fit's `now`. Never throws on a valid ask. */
  predict(ask: PredictAsk): Forecast;
}

export interface PredictAsk {
  readonly steps: number;
  /** In (0, 1), ascending. */
  readonly levels: readonly number[];
  readonly events: readonly Event[];
}
