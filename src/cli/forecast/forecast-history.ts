import {
  compareForecasts,
  type DemandForecast,
  type Event,
  type Explanation,
  type Forecast,
  type ForecastChange,
  fitDemand,
  type Series,
  totalDemand,
} from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import type { NamedHistory } from '../../review/backtest/judge-history.ts';
import { daysOf } from './days-of.ts';

export interface ForecastHistoryOptions {
  /** Epoch ms of the forecast's origin. @default the end of the history */
  readonly at?: number;
  /** Length of the forecast in milliseconds. */
  readonly horizon: number;
  /** Quantile levels (0–1), ascending. */
  readonly quantiles: readonly number[];
  /** Epoch ms of the step to explain; true explains the highest step. */
  readonly explain?: true | number;
  /** IANA zone whose days and weekdays are those of the demand. @default UTC, and one may be proposed */
  readonly timeZone?: string | undefined;
  /** Epoch ms of the origin of an earlier forecast to compare with. */
  readonly compareAt?: number;
}

/** One history's forecast, as `headstart forecast` prints it. */
export interface ForecastOfHistory extends NamedHistory {
  readonly now: number;
  readonly events: readonly Event[];
  readonly demand: DemandForecast;
  /** Forecast of base and events together. */
  readonly total: Forecast;
  /** The parts of the highest step, or of the requested one. */
  readonly explanation?: Explanation;
  /** The reasons why that step differs from the earlier forecast. */
  readonly change?: ChangeSince;
}

/** A change, and the origin of the earlier forecast (epoch ms). */
export interface ChangeSince extends ForecastChange {
  readonly since: number;
}

/** Time after an event's end during which it still affects demand. */
const aftermathMs = 3 * 3_600_000;

/**
 * Makes the forecast that the operator would make, and explains a step on request.
 * @throws Error when the origin is before the history begins, or the forecast to compare with is not earlier
 */
export function forecastHistory(
  { name, history, notes = [] }: NamedHistory,
  events: readonly Event[],
  options: ForecastHistoryOptions,
): ForecastOfHistory {
  const stepMs = history.stepSeconds * 1000;
  const now = options.at ?? history.start + history.values.length * stepMs;
  if (now <= history.start)
    throw new Error(
      `--at ${formatInstant(now)} leaves nothing known: ${name} begins at ${formatInstant(history.start)}`,
    );
  const until = now + options.horizon;
  const reached = events.filter(event => event.start < until && event.end > now - aftermathMs);
  const steps = Math.max(1, Math.ceil(options.horizon / stepMs));
  const days = daysOf(history, options);
  const fitted = fitDemand(history, { now, events, ...days });
  const asked = { from: now, steps, levels: options.quantiles, events: reached };
  const demand = fitted.predict(asked);
  const forecast = { name, history, notes, now, events: reached, demand, total: totalDemand(demand) };
  if (options.explain === undefined && options.compareAt === undefined) return forecast;
  const explanation = fitted.explain(typeof options.explain === 'number' ? { ...asked, at: options.explain } : asked);
  const change =
    options.compareAt === undefined
      ? {}
      : { change: changeSince(history, explanation, { now, since: options.compareAt, events, days }) };
  return { ...forecast, explanation, ...change };
}

/** What a comparison is made with. */
interface Comparison {
  readonly now: number;
  /** Origin of the earlier forecast, epoch ms. */
  readonly since: number;
  readonly events: readonly Event[];
  readonly days: ReturnType<typeof daysOf>;
}

/** Compares the step with its earlier forecast, from the demand known then and the sales as announced now. */
function changeSince(history: Series, explanation: Explanation, { now, since, events, days }: Comparison): ChangeSince {
  if (since >= now) throw new Error('--compare-at must be before the time at which the forecast is made');
  const { at, stepSeconds } = explanation;
  const reached = events.filter(event => event.start <= at && event.end > at - aftermathMs);
  const known = fitDemand(history, { now: since, events, ...days });
  const steps = Math.ceil((at - since) / (stepSeconds * 1000)) + 1;
  const before = known.explain({ from: since, steps, levels: [], events: reached, at });
  return { since, ...compareForecasts(before, explanation) };
}
