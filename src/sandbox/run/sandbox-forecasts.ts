import type { DemandForecast, FitDemand } from '../../../forecasts/index.ts';
import { totalDemand } from '../../../forecasts/index.ts';
import type { Clock } from '../../api/clock.ts';
import type { FitTarget } from '../../operator/forecasting/forecaster.ts';

/** A forecast of the sale as the operator received it. */
export interface ForecastRecord {
  /** Domain time of the forecast, epoch ms. */
  readonly at: number;
  readonly forecast: DemandForecast;
}

export interface ForecastRecorder {
  readonly clock: Pick<Clock, 'now'>;
  /** The name of the target whose forecasts are recorded. */
  readonly target: string;
  /** Called for each forecast that includes an event. */
  readonly onForecast: (record: ForecastRecord) => void;
}

/** Wraps a forecaster and records its forecasts of one target; they are passed on unchanged. */
export function recordForecasts(fitDemand: FitDemand, recorder: ForecastRecorder): FitTarget {
  return (history, context, target) => {
    const fitted = fitDemand(history, context);
    if (target !== recorder.target) return fitted;
    return {
      ...fitted,
      predict: options => {
        const forecast = fitted.predict(options);
        if (options.events.length > 0) recorder.onForecast({ at: recorder.clock.now(), forecast });
        return forecast;
      },
    };
  };
}

/** The steps of a forecast's total: their start, and their median and 95 % quantile in requests per second. */
export function forecastPoints(
  forecast: DemandForecast,
): readonly { readonly t: number; readonly p50: number; readonly p95: number }[] {
  const { start, stepSeconds, point, quantiles } = totalDemand(forecast);
  const of = (level: number) => quantiles.find(quantile => quantile.level === level)?.values ?? point;
  const [p50, p95] = [of(0.5), of(0.95)];
  return point.map((value, i) => ({ t: start + i * stepSeconds * 1000, p50: p50[i] ?? value, p95: p95[i] ?? value }));
}
