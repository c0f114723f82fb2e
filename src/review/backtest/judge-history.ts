import {
  type BacktestFold,
  backtest,
  bias,
  coverage,
  type Event,
  excessRatio,
  type FitContext,
  type Model,
  mae,
  peakError,
  rmse,
  rollingOrigins,
  type Series,
  wape,
} from '../../../forecasts/index.ts';
import { levelName } from '../../api/amounts/level-name.ts';
import { formatRoundSpan } from '../../api/duration.ts';

/** A history and its name. */
export interface NamedHistory {
  readonly name: string;
  readonly history: Series;
  /** What was put right or left out in the file, a sentence each. @default nothing */
  readonly notes?: readonly string[];
}

/** What is asked of every model; spans in milliseconds. */
export interface JudgeOptions {
  readonly horizon: number;
  readonly every: number;
  readonly origins: number;
  /** How long before each event its own forecast is made. */
  readonly lead: number;
  /** Levels, ascending. */
  readonly quantiles: readonly number[];
  /** The clock whose days and weekdays are those of the demand. @default UTC */
  readonly clock?: FitContext['clock'] | undefined;
}

/** How one model did on one history: ratios (0.1 = 10 %), but for mae and rmse in requests per second. */
export interface BacktestScore {
  readonly series: string;
  readonly model: string;
  /** Rolling origins, or the windows of the given events. */
  readonly over: 'rolling origins' | 'events';
  readonly folds: number;
  readonly wape: number;
  readonly mae: number;
  readonly rmse: number;
  /** Mean of forecast − actual over the mean of the actuals. */
  readonly biasRatio: number;
  /** Mean of |peak forecast ÷ peak actual − 1| over the folds. */
  readonly peakError: number;
  /** By the name of the level: the share of steps at or below it. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Capacity nobody needed, were the highest level the capacity. */
  readonly excess: number;
}

/** What one model did on one history. */
export interface Judged {
  readonly scores: readonly BacktestScore[];
  readonly history: NamedHistory;
  readonly events: readonly Event[];
  /** From the rolling origins. */
  readonly folds: readonly BacktestFold[];
}

/** Makes a model's forecasts of a history again and again, and of each event's own window, and scores them. @throws Error when the history is too short */
export function judgeHistory(
  { name: series, history, notes = [] }: NamedHistory,
  model: Model,
  events: readonly Event[],
  options: JudgeOptions,
): Judged {
  const stepMs = history.stepSeconds * 1000;
  const steps = Math.max(1, Math.round(options.horizon / stepMs));
  const origins = rollingOrigins(history, { steps, count: options.origins, everySeconds: options.every / 1000 });
  if (origins.length === 0)
    throw new Error(`${series} is too short to look ${formatRoundSpan(options.horizon)} ahead from any origin in it`);
  const levels = options.quantiles;
  const folds = backtest(model, history, { origins, steps, levels, events, ...clockOf(options) });
  const scores = [scoreFolds(series, model.name, 'rolling origins', folds)];
  const windows = events.flatMap(event => windowFold(history, model, events, event, options));
  return {
    scores: windows.length === 0 ? scores : [...scores, scoreFolds(series, model.name, 'events', windows)],
    history: { name: series, history, notes },
    events,
    folds,
  };
}

/** The forecast of one event's own window, made `lead` before it starts; none when the history does not show it all. */
function windowFold(
  history: Series,
  model: Model,
  events: readonly Event[],
  event: Event,
  options: JudgeOptions,
): readonly BacktestFold[] {
  const stepMs = history.stepSeconds * 1000;
  const origin = event.start - options.lead;
  if (origin <= history.start || event.end > history.start + history.values.length * stepMs) return [];
  const skip = Math.round(options.lead / stepMs);
  const steps = skip + Math.max(1, Math.ceil((event.end - event.start) / stepMs));
  const [fold] = backtest(model, history, {
    origins: [origin],
    steps,
    levels: options.quantiles,
    events,
    ...clockOf(options),
  });
  if (fold === undefined) return [];
  const { forecast } = fold;
  const quantiles = forecast.quantiles.map(({ level, values }) => ({ level, values: values.slice(skip) }));
  const start = forecast.start + skip * stepMs;
  return [
    {
      ...fold,
      actual: fold.actual.slice(skip),
      forecast: { ...forecast, start, point: forecast.point.slice(skip), quantiles },
    },
  ];
}

function clockOf({ clock }: JudgeOptions): Pick<FitContext, 'clock'> {
  return clock === undefined ? {} : { clock };
}

/** The scores over all steps of all folds together. */
export function scoreFolds(
  series: string,
  model: string,
  over: BacktestScore['over'],
  folds: readonly BacktestFold[],
): BacktestScore {
  const actual = folds.flatMap(fold => fold.actual);
  const point = folds.flatMap(fold => fold.forecast.point);
  const levels = folds[0]?.forecast.quantiles.map(({ level }) => level) ?? [];
  const at = (q: number) => folds.flatMap(({ forecast }) => forecast.quantiles[q]?.values ?? []);
  const peaks = folds.map(fold => Math.abs(peakError(fold.actual, fold.forecast.point))).filter(Number.isFinite);
  const mean = mae(
    actual,
    actual.map(() => 0),
  );
  return {
    series,
    model,
    over,
    folds: folds.length,
    wape: wape(actual, point),
    mae: mae(actual, point),
    rmse: rmse(actual, point),
    biasRatio: bias(actual, point) / mean,
    peakError: peaks.reduce((sum, value) => sum + value, 0) / peaks.length,
    coverage: Object.fromEntries(levels.map((level, q) => [levelName(level), coverage(actual, at(q))])),
    excess: excessRatio(actual, at(levels.length - 1)),
  };
}
