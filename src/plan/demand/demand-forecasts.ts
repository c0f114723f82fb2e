import type { DemandForecast } from '../../../forecasts/index.ts';
import type { Missing } from '../../api/missing.ts';

/** A stretch of time that plan wants forecast for some targets: the time just ahead, and each sale that is not over. */
export interface ForecastWindow {
  /** `ahead`, or the name of the occurrence's SalePlan. */
  readonly id: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  /** Names of the targets whose demand over it is asked for. */
  readonly targets: readonly string[];
}

/** Window id → target name → its forecast, or why there is none. */
export type DemandForecasts = Readonly<Record<string, Readonly<Record<string, DemandForecast | Missing>>>>;
