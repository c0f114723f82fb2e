import type { DemandForecast, HiddenPeak } from '../../../forecasts/index.ts';
import type { Missing } from '../../api/missing.ts';

/** A time range for which forecasts of some targets are needed: the time just ahead, and each sale that is not over. */
export interface ForecastWindow {
  /** `ahead`, or the name of the occurrence's SalePlan. */
  readonly id: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  /** Names of the targets whose demand is forecast. */
  readonly targets: readonly string[];
  /** Names of the SalePlans of the sales that are forecast in it. */
  readonly sales: ReadonlySet<string>;
  /** Whether actuals since the fit correct its forecast: true for a sale that runs or begins soon. */
  readonly isCurrent: boolean;
  /** Quantile levels of its forecast, ascending. @default forecastLevels */
  readonly levels?: readonly number[];
  /** When it is needed, epoch ms. @default its start */
  readonly neededAt?: number;
}

/** Forecast of one window. */
export interface WindowForecast extends DemandForecast {
  /**
   * The peak of each sale that the means of the history's steps hide, by SalePlan; present where several of these steps
   * were put together, each at the highest minute of all, so that no mean is left to sharpen.
   */
  readonly coarsened?: ReadonlyMap<string, HiddenPeak>;
}

/** Forecasts by window id and target name, each with the reason where there is none. */
export type DemandForecasts = Readonly<Record<string, Readonly<Record<string, WindowForecast | Missing>>>>;
