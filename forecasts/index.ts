export type { DemandAsk, DemandForecast, EventForecast, FitDemand, FittedDemand } from './demand.ts';
export type { Event } from './event.ts';
export type { Forecast, Quantile } from './forecast.ts';
export type { FitContext, FittedModel, Model, PredictAsk } from './model.ts';
export type { Series } from './series.ts';
