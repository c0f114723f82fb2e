import type { DemandForecast } from '../../../forecasts/index.ts';
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
}

/** Forecasts by window id and target name, each with the reason where there is none. */
export type DemandForecasts = Readonly<Record<string, Readonly<Record<string, DemandForecast | Missing>>>>;
