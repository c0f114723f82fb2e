import {
  type BacktestFold,
  backtest,
  coverage,
  type Model,
  rollingOrigins,
  type Series,
  wql,
} from '../../../forecasts/index.ts';
import type { NamedSeries } from './real-series-sets.ts';

/** The evaluated quantile levels. */
export const judgedLevels = [0.5, 0.9, 0.95, 0.99] as const;

/** Coverage of the quantiles on one series. */
export interface Calibration {
  readonly name: string;
  /** Share (0–1) of steps at or below the quantile, one per level. */
  readonly below: readonly number[];
  /** Coverage of P95 for each week with at least seven origins. */
  readonly below95ByWeek: readonly number[];
  /** Weighted quantile loss of P95: 2 · Σ pinball loss ÷ Σ actual values. */
  readonly wql95: number;
}

export interface CalibrationOptions {
  readonly hours: number;
  /** Number of origins at most, evenly over the last 40 % of the series. */
  readonly origins: number;
  readonly leastHoursBetween: number;
}

const weekMs = 7 * 86_400_000;
const mostHistoryMs = 4 * weekMs;
const fewestOriginsAWeek = 7;
const p95 = judgedLevels.indexOf(0.95);

/** Measures coverage at rolling origins, each with at most 28 days of history, by level and by week. */
export function judgeCalibration(
  model: Model,
  { name, series }: NamedSeries,
  options: CalibrationOptions,
): Calibration {
  const steps = Math.round((options.hours * 3600) / series.stepSeconds);
  const judgedSeconds = 0.4 * series.values.length * series.stepSeconds - options.hours * 3600;
  const everySeconds = Math.max(options.leastHoursBetween * 3600, judgedSeconds / options.origins);
  const aligned = Math.ceil(everySeconds / series.stepSeconds) * series.stepSeconds;
  const count = Math.min(options.origins, Math.floor(judgedSeconds / aligned) + 1);
  const folds = rollingOrigins(series, { steps, count, everySeconds: aligned }).flatMap(origin =>
    backtest(model, around(series, origin, steps), { origins: [origin], steps, levels: judgedLevels }),
  );
  return {
    name,
    below: judgedLevels.map((_, q) => coverage(actualOf(folds), quantileOf(folds, q))),
    below95ByWeek: byWeek(folds).map(week => coverage(actualOf(week), quantileOf(week, p95))),
    wql95: wql(actualOf(folds), [{ level: 0.95, values: quantileOf(folds, p95) }]),
  };
}

function around({ start, stepSeconds, values }: Series, origin: number, steps: number): Series {
  const stepMs = stepSeconds * 1000;
  const at = Math.round((origin - start) / stepMs);
  const first = Math.max(0, at - Math.round(mostHistoryMs / stepMs));
  return { start: start + first * stepMs, stepSeconds, values: values.slice(first, at + steps) };
}

function byWeek(folds: readonly BacktestFold[]): readonly (readonly BacktestFold[])[] {
  const first = folds[0]?.origin ?? 0;
  const weeks = Map.groupBy(folds, ({ origin }) => Math.floor((origin - first) / weekMs));
  return [...weeks.values()].filter(week => week.length >= fewestOriginsAWeek);
}

function actualOf(folds: readonly BacktestFold[]): readonly (number | null)[] {
  return folds.flatMap(({ actual }) => actual);
}

function quantileOf(folds: readonly BacktestFold[], q: number): readonly number[] {
  return folds.flatMap(({ forecast }) => forecast.quantiles[q]?.values ?? []);
}
