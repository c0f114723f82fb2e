import type { FitContext, FittedDemand, Series } from '../../../forecasts/index.ts';
import type { Missing } from '../../api/missing.ts';
import type { PackedSeries } from '../../observe/samples/packed-series.ts';
import type { WindowForecast } from '../../plan/demand/demand-forecasts.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';

/** Fits the demand of one target: `FitDemand` with the ScalingTarget's name. */
export type FitTarget = (history: Series, context: FitContext, target: string) => FittedDemand;

/** Inputs of a fit: the history up to its boundary, and the sales in it. */
export interface FitInput {
  readonly history: PackedSeries;
  readonly context: FitContext;
}

/** Pieces of one target's forecast to be made by one fit. */
export interface ForecastRequest {
  /** Identity of the fit: fits of one key are equal. */
  readonly fit: string;
  readonly target: string;
  /** Reads the inputs of the fit, or why there are none; called only where the model is not at hand. */
  readonly read: () => FitInput | Missing;
  readonly pieces: readonly ForecastPiece[];
  /** Epoch ms at which it is needed; what is needed first is made first. */
  readonly neededAt: number;
}

/** The forecasts of a request, one a piece, or why one of them, or all, cannot be made. */
export type ForecastAnswer = readonly (WindowForecast | Missing)[] | Missing;

/** Makes forecasts, in this thread or in others. Equal requests give equal answers. */
export interface Forecaster {
  /** Never rejects: a failure is an answer. */
  forecast(request: ForecastRequest): Promise<ForecastAnswer>;
  /** Milliseconds that a reconcile may wait for forecasts of current sales. */
  readonly patienceMs: number;
  /** Ends all threads, also those that are busy; open requests are answered as missing. */
  stop(): Promise<void>;
}

/** Told of each fit: done, or failed with its error. */
export type OnFit = (result: 'Done' | 'Failed', error?: unknown) => void;
