import { coverage, type Model, type Series } from '../../forecasts/index.ts';
import type { NamedSeries } from './real-series-sets.ts';

/** How a model did on one series, over all its origins. */
export interface RollingScore {
  readonly name: string;
  /** Σ|error| ÷ that of the best of the naives asked for. */
  readonly ratio: number;
  /** Share (0–1) of steps below the P95. */
  readonly below95: number;
  readonly cpuMs: number;
}

export interface RollingAsk {
  readonly steps: number;
  /** At most so many, evenly over the last 40 % of the series. */
  readonly origins: number;
  /** In steps: `[288, 2016]` = yesterday and last week; 0 = the last value. The naives see the history as the model does. */
  readonly naives: readonly number[];
}

const historySteps = 28 * 288;
const fewestBetween = { day: 144, hour: 12 };

/** Rolling origins with at most 28 days of five-minute history. */
export function judgeRolling(model: Model, { name, series }: NamedSeries, ask: RollingAsk): RollingScore {
  const errors = { own: 0, naives: ask.naives.map(() => 0) };
  const covered = { sum: 0, count: 0 };
  const origins = originsOf(series, ask);
  const before = process.cpuUsage();
  let naiveMicros = 0;
  for (const origin of origins) {
    const first = Math.max(0, origin - historySteps);
    const history = { ...series, start: timeOf(series, first), values: series.values.slice(first, origin) };
    const actual = series.values.slice(origin, origin + ask.steps);
    const fitted = model.fit(history, { now: timeOf(series, origin), events: [] });
    const forecast = fitted.predict({ steps: ask.steps, levels: [0.95], events: [] });
    errors.own += errorOf(actual, forecast.point);
    const measured = actual.filter(value => value !== null).length;
    if (measured > 0) covered.sum += coverage(actual, forecast.quantiles[0]?.values ?? []) * measured;
    covered.count += measured;
    const started = process.cpuUsage();
    ask.naives.forEach((season, k) => {
      errors.naives[k] = (errors.naives[k] ?? 0) + errorOf(actual, naive(history, season, ask.steps));
    });
    naiveMicros += process.cpuUsage(started).user;
  }
  const cpuMs = (process.cpuUsage(before).user - naiveMicros) / 1000 / origins.length;
  return { name, ratio: errors.own / Math.min(...errors.naives), below95: covered.sum / covered.count, cpuMs };
}

/** The series with one point, a day before the first origin, fifty times as high as its median. */
export function withOutlier({ name, series }: NamedSeries): NamedSeries {
  const measured = series.values.filter(value => value !== null).sort((a, b) => a - b);
  const at = Math.floor(series.values.length * 0.6) - 300;
  const outlier = 50 * (measured[measured.length >> 1] ?? 0);
  return { name, series: { ...series, values: series.values.map((value, i) => (i === at ? outlier : value)) } };
}

function originsOf({ values }: Series, { steps, origins }: RollingAsk): readonly number[] {
  const first = Math.floor(values.length * 0.6);
  const least = steps >= 288 ? fewestBetween.day : fewestBetween.hour;
  const between = Math.max(least, Math.floor((values.length - steps - first) / origins));
  const found: number[] = [];
  for (let origin = first; origin + steps <= values.length && found.length < origins; origin += between)
    found.push(origin);
  return found;
}

function naive({ values }: Series, season: number, steps: number): readonly number[] {
  const day = 288;
  const period = season === 0 ? 1 : season > values.length ? day : season;
  return Array.from({ length: steps }, (_, i) => {
    let at = values.length - period + (i % period);
    while (at >= 0 && values[at] === null) at -= season === 0 ? 1 : day;
    return values[at] ?? 0;
  });
}

function errorOf(actual: readonly (number | null)[], point: readonly number[]): number {
  return actual.reduce<number>((sum, value, i) => sum + (value === null ? 0 : Math.abs(value - (point[i] ?? 0))), 0);
}

function timeOf({ start, stepSeconds }: Series, step: number): number {
  return start + step * stepSeconds * 1000;
}
