export { excessRatio, lostShare, underProvisionedShare } from './accuracy/capacity-errors.ts';
export { bias, mae, rmse } from './accuracy/errors.ts';
export type { Measured } from './accuracy/measured.ts';
export { peakError, peakTimeError } from './accuracy/peak-errors.ts';
export { smape, wape } from './accuracy/percentage-errors.ts';
export { coverage, pinballLoss, wql } from './accuracy/quantile-scores.ts';
export { mase, msis } from './accuracy/scaled-errors.ts';
export {
  type BacktestFold,
  type BacktestOptions,
  backtest,
  demandModel,
  rollingOrigins,
} from './backtest.ts';
export type { ClockOffset, Holiday, ShopClock } from './clock/shop-clock.ts';
export type { DataNote, DemandForecast, DemandOptions, EventForecast, FitDemand, FittedDemand } from './demand.ts';
export { ensemble } from './ensemble/ensemble.ts';
export { holtWinters, lagRidge, rawLagRidge, residualRidgeAlone } from './ensemble/lone-members.ts';
export type { Event } from './event.ts';
export type { WidthShare } from './events/width-shares.ts';
export { type HiddenPeak, type WithinStepPeaks, withinStepPeaks } from './events/within-step-peaks.ts';
export type { Cause } from './explain/cause.ts';
export { compareForecasts, type ForecastChange } from './explain/compare-forecasts.ts';
export { widthMends, widthReasons } from './explain/width-reasons.ts';
export type {
  EventExplanation,
  ExplainableDemand,
  ExplainOptions,
  Explanation,
  ExplanationPart,
  PastSale,
  Statement,
  Width,
  WidthPart,
} from './explanation.ts';
export { demandFrom, fitDemand, lastValueDemand } from './fit-demand.ts';
export type { Forecast, Quantile } from './forecast.ts';
export type { MemberShare } from './member-share.ts';
export type { FitContext, FittedModel, Model, PredictOptions } from './model.ts';
export { benchmarkModels } from './models/benchmark-models.ts';
export { ladder } from './models/ladder.ts';
export { lastValue } from './models/last-value.ts';
export { levelProfile } from './models/level-profile.ts';
export { seasonalNaiveDay, seasonalNaiveWeek } from './models/seasonal-naive.ts';
export { findOutages, type Outage } from './outages/find-outages.ts';
export { findSeasons, type Season } from './seasons/find-seasons.ts';
export { type ResampleOptions, resample } from './series/resample.ts';
export { checkSeries, type Series } from './series/series.ts';
export { studentUpperTail } from './statistics/student-quantile.ts';
export { totalDemand } from './total-demand.ts';
