import type { Model, Series } from '../../../forecasts/index.ts';
import type { NamedSeries } from './real-series-sets.ts';

/** The accuracy of a model on one series, over all its origins. */
export interface RollingScore {
  readonly name: string;
  /** Σ|error| ÷ that of the best of the given naive forecasts. */
  readonly ratio: number;
  readonly cpuMs: number;
}

export interface RollingOptions {
  readonly hours: number;
  /** Number of origins at most, evenly over the last 40 % of the series. */
  readonly origins: number;
  readonly leastHoursBetween: number;
  /** Seasons of the naive forecasts in days: `[1, 7]` = yesterday and last week; 0 = the last value. */
  readonly naives: readonly number[];
  /** Length of the history before each origin at most, in days. @default 28 */
  readonly historyDays?: number;
}

/** Evaluates a model at rolling origins, each with the last days of history only. */
export function judgeRolling(model: Model, { name, series }: NamedSeries, options: RollingOptions): RollingScore {
  const { historyDays = 28 } = options;
  const perHour = 3600 / series.stepSeconds;
  const steps = options.hours * perHour;
  const errors = { own: 0, naives: options.naives.map(() => 0) };
  const origins = originsOf(series, steps, { ...options, between: options.leastHoursBetween * perHour });
  let micros = 0;
  for (const origin of origins) {
    const first = Math.max(0, origin - historyDays * 24 * perHour);
    const history = { ...series, start: timeOf(series, first), values: series.values.slice(first, origin) };
    const actual = series.values.slice(origin, origin + steps);
    const started = process.cpuUsage();
    const fitted = model.fit(history, { now: timeOf(series, origin), events: [] });
    const forecast = fitted.predict({ steps, levels: [0.95], events: [] });
    micros += process.cpuUsage(started).user;
    errors.own += errorOf(actual, forecast.point);
    options.naives.forEach((days, k) => {
      errors.naives[k] = (errors.naives[k] ?? 0) + errorOf(actual, naive(history, days, steps));
    });
  }
  const ratio = errors.own / Math.min(...errors.naives);
  return { name, ratio, cpuMs: micros / 1000 / origins.length };
}

/** The series with one outlier of fifty times its median, a day before the first origin. */
export function withOutlier({ name, series }: NamedSeries): NamedSeries {
  const measured = series.values.filter(value => value !== null).sort((a, b) => a - b);
  const at = Math.floor(series.values.length * 0.6) - Math.round(25 * (3600 / series.stepSeconds));
  const outlier = 50 * (measured[measured.length >> 1] ?? 0);
  return { name, series: { ...series, values: series.values.map((value, i) => (i === at ? outlier : value)) } };
}

function originsOf(
  { values }: Series,
  steps: number,
  { origins, between }: { readonly origins: number; readonly between: number },
): readonly number[] {
  const first = Math.floor(values.length * 0.6);
  const stride = Math.max(between, Math.floor((values.length - steps - first) / origins));
  const found: number[] = [];
  for (let origin = first; origin + steps <= values.length && found.length < origins; origin += stride)
    found.push(origin);
  return found;
}

function naive({ values, stepSeconds }: Series, days: number, steps: number): readonly number[] {
  const day = 86_400 / stepSeconds;
  const period = days === 0 ? 1 : days * day > values.length ? day : days * day;
  return Array.from({ length: steps }, (_, i) => {
    let at = values.length - period + (i % period);
    while (at >= 0 && values[at] === null) at -= days === 0 ? 1 : day;
    return values[at] ?? 0;
  });
}

function errorOf(actual: readonly (number | null)[], point: readonly number[]): number {
  return actual.reduce<number>((sum, value, i) => sum + (value === null ? 0 : Math.abs(value - (point[i] ?? 0))), 0);
}

function timeOf({ start, stepSeconds }: Series, step: number): number {
  return start + step * stepSeconds * 1000;
}
