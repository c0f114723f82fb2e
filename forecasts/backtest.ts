import { checkLevels } from './check-options.ts';
import type { ShopClock } from './clock/shop-clock.ts';
import type { FitDemand } from './demand.ts';
import type { Event } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { Model } from './model.ts';
import { checkSeries, type Series } from './series/series.ts';
import { stepContaining } from './series/step-grid.ts';
import { totalDemand } from './total-demand.ts';

export interface BacktestOptions {
  /** Forecast origins, epoch ms; each forecast is fitted anew on the data known at its origin. */
  readonly origins: readonly number[];
  /** Length of each forecast in steps of the history. */
  readonly steps: number;
  /** Quantile levels in (0, 1), ascending. @default [0.5, 0.9, 0.95] */
  readonly levels?: readonly number[];
  /** Events, known in advance at every origin; the model learns from an event only after its end. @default [] */
  readonly events?: readonly Event[];
  /** The shop's clock and calendar. @default UTC */
  readonly clock?: ShopClock;
}

/** One forecast beside the actual values. */
export interface BacktestFold {
  /** Epoch ms. */
  readonly origin: number;
  readonly forecast: Forecast;
  /** One value per step of the forecast; null where nothing was measured. */
  readonly actual: readonly (number | null)[];
}

/**
 * Forecasts from each origin, using only earlier data, and pairs each forecast with the actual values.
 * @throws RangeError when the history, the number of steps or a level is invalid
 */
export function backtest(model: Model, history: Series, options: BacktestOptions): readonly BacktestFold[] {
  checkSeries(history);
  const { origins, steps, levels = [0.5, 0.9, 0.95], events = [], clock } = options;
  const days = clock === undefined ? {} : { clock };
  checkLevels(levels);
  return origins.map(origin => {
    const forecast = model
      .fit(upTo(history, origin), { now: origin, events, ...days })
      .predict({ steps, levels, events });
    return { origin, forecast, actual: actualsOf(history, forecast) };
  });
}

/**
 * Rolling origins, epoch ms: `count` origins, `everySeconds` apart, the last one `steps` before the end of the history.
 * @throws RangeError when `everySeconds` is not positive
 */
export function rollingOrigins(
  history: Series,
  input: { readonly steps: number; readonly count: number; readonly everySeconds: number },
): readonly number[] {
  if (!(input.everySeconds > 0)) throw new RangeError(`everySeconds must be positive, got ${input.everySeconds}`);
  const last = history.start + (history.values.length - input.steps) * history.stepSeconds * 1000;
  return Array.from({ length: input.count }, (_, i) => last - (input.count - 1 - i) * input.everySeconds * 1000).filter(
    origin => origin > history.start,
  );
}

/** Wraps a demand forecaster as a model of the total demand, for `backtest`. */
export function demandModel(name: string, fit: FitDemand): Model {
  return {
    name,
    fit: (history, context) => {
      const fitted = fit(history, context);
      return {
        basis: fitted.predict({ from: context.now, steps: 1, levels: [], events: [] }).basis,
        predict: options => {
          const from = options.from ?? context.now;
          const reached = options.events.filter(
            event => event.end > from - 86_400_000 && event.start < from + options.steps * history.stepSeconds * 1000,
          );
          return { ...totalDemand(fitted.predict({ ...options, from, events: reached })), model: name };
        },
      };
    },
  };
}

function upTo(history: Series, origin: number): Series {
  const steps = Math.max(0, Math.floor((origin - history.start) / (history.stepSeconds * 1000)));
  return { ...history, values: history.values.slice(0, steps) };
}

function actualsOf(history: Series, forecast: Forecast): readonly (number | null)[] {
  const stepMs = history.stepSeconds * 1000;
  const first = Math.round((stepContaining(forecast.start, history.start, stepMs) - history.start) / stepMs);
  return forecast.point.map((_, i) => history.values[first + i] ?? null);
}
