import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type BacktestFold,
  backtest,
  bias,
  coverage,
  demandModel,
  type Event,
  ensemble,
  excessRatio,
  fitDemand,
  lastValue,
  type Model,
  mae,
  peakError,
  rmse,
  rollingOrigins,
  type Series,
  seasonalNaiveDay,
  seasonalNaiveWeek,
  wape,
} from '../../forecasts/index.ts';
import { formatInstant } from '../api/instant.ts';
import { renderChart } from '../web/render-chart.ts';
import { levelName, parseLevels, parseSpan, readEvents, readHistories } from './forecast-options.ts';
import { formatTable } from './format-table.ts';

interface BacktestOptions {
  readonly history: string;
  readonly events?: string;
  readonly horizon: number;
  readonly every: number;
  readonly origins: number;
  readonly lead: number;
  readonly quantiles: readonly number[];
  readonly output: 'table' | 'json' | 'csv' | 'svg';
}

/** How one model did on one history: ratios (0.1 = 10 %), but for mae and rmse in requests a second. */
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

/** `headstart backtest`: how right forecasts of a history would have been, beside the naive ones. */
export function registerBacktest(program: Command): void {
  program
    .command('backtest')
    .description('Judge forecasts on a history in a CSV file: made again and again from what was known by then.')
    .requiredOption('--history <file or folder>', 'CSV with lines timestamp,value: requests a second')
    .option('--events <file>', 'past sales: YAML with FlashSales, or CSV with start,end[,peakRatio]')
    .option('--horizon <span>', 'how far ahead each forecast looks', parseSpan, parseSpan('24h'))
    .option('--every <span>', 'from one origin to the next', parseSpan, parseSpan('24h'))
    .option('--origins <count>', 'how many origins, the last one a horizon before the end', parseCount, 7)
    .option('--lead <span>', 'how long before each event its forecast is made', parseSpan, parseSpan('1h'))
    .option('--quantiles <levels>', 'levels between 0 and 1, ascending', parseLevels, [0.5, 0.9, 0.95])
    .addOption(
      new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'csv', 'svg']).default('table'),
    )
    .addHelpText('after', '\nExample:\n  headstart backtest --history checkout.csv --events sales.csv --origins 14')
    .action((options: BacktestOptions) => {
      const events = options.events === undefined ? [] : readEvents(options.events);
      const histories = readHistories(options.history);
      if (options.output === 'svg' && histories.length > 1)
        throw new Error(`a picture shows one history, ${options.history} has ${histories.length}`);
      const judged = histories.flatMap(({ name, history }) =>
        models.map(model => {
          process.stderr.write(`${name}: ${model.name} …\n`);
          return judge(name, history, model, events, options);
        }),
      );
      process.stdout.write(formatScores(judged, options));
    });
}

const models: readonly Model[] = [
  demandModel('headstart', fitDemand),
  ensemble,
  seasonalNaiveDay,
  seasonalNaiveWeek,
  lastValue,
];

interface Judged {
  readonly scores: readonly BacktestScore[];
  readonly history: Series;
  readonly folds: readonly BacktestFold[];
}

function judge(
  series: string,
  history: Series,
  model: Model,
  events: readonly Event[],
  options: BacktestOptions,
): Judged {
  const stepMs = history.stepSeconds * 1000;
  const steps = Math.max(1, Math.round(options.horizon / stepMs));
  const origins = rollingOrigins(history, { steps, count: options.origins, everySeconds: options.every / 1000 });
  if (origins.length === 0)
    throw new Error(`${series} is too short to look ${formatHours(options.horizon)} ahead from any origin in it`);
  const levels = options.quantiles;
  const folds = backtest(model, history, { origins, steps, levels, events });
  const scores = [scoreFolds(series, model.name, 'rolling origins', folds)];
  const windows = events.flatMap(event => windowFold(history, model, events, event, options));
  return {
    scores: windows.length === 0 ? scores : [...scores, scoreFolds(series, model.name, 'events', windows)],
    history,
    folds,
  };
}

/** The forecast of one event's own window, made `lead` before it starts; none when the history does not show it all. */
function windowFold(
  history: Series,
  model: Model,
  events: readonly Event[],
  event: Event,
  options: BacktestOptions,
): readonly BacktestFold[] {
  const stepMs = history.stepSeconds * 1000;
  const origin = event.start - options.lead;
  if (origin <= history.start || event.end > history.start + history.values.length * stepMs) return [];
  const skip = Math.round(options.lead / stepMs);
  const steps = skip + Math.max(1, Math.ceil((event.end - event.start) / stepMs));
  const [fold] = backtest(model, history, { origins: [origin], steps, levels: options.quantiles, events });
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

function formatScores(judged: readonly Judged[], { output }: BacktestOptions): string {
  const scores = judged.flatMap(({ scores: own }) => own);
  if (output === 'json') return `${JSON.stringify(scores, undefined, 2)}\n`;
  if (output === 'svg') return `${renderChart(chartOf(judged[0]))}\n`;
  const levels = Object.keys(scores[0]?.coverage ?? {});
  const number = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : '');
  const rows = scores.map(score => [
    score.series,
    score.over,
    score.model,
    ...[score.wape, score.mae, score.rmse, score.biasRatio, score.peakError].map(number),
    ...levels.map(level => number(score.coverage[level] ?? Number.NaN)),
    number(score.excess),
  ]);
  const head = [
    'series',
    'over',
    'model',
    'wape',
    'mae',
    'rmse',
    'bias',
    'peak error',
    ...levels.map(l => `${l} covers`),
    'excess',
  ];
  if (output === 'csv') return `${[head, ...rows].map(row => row.join(',')).join('\n')}\n`;
  return formatTable([head.map(word => word.toUpperCase()), ...rows]);
}

function chartOf(judged: Judged | undefined) {
  const { history, folds } = judged ?? { history: { start: 0, stepSeconds: 60, values: [] }, folds: [] };
  const stepMs = history.stepSeconds * 1000;
  const from = folds[0]?.forecast.start ?? history.start;
  const until = history.start + history.values.length * stepMs;
  const points = history.values
    .map((value, i) => ({ t: history.start + i * stepMs, value }))
    .filter(({ t }) => t >= from);
  const lines = folds.flatMap(({ forecast }, fold) => {
    const next = folds[fold + 1]?.forecast.start ?? until;
    return forecast.point.map((value, i) => ({
      t: forecast.start + i * stepMs,
      value,
      high: forecast.quantiles.at(-1)?.values[i] ?? value,
      low: forecast.quantiles[0]?.values[i] ?? value,
      next,
    }));
  });
  const shown = lines.filter(({ t, next }) => t < next);
  return {
    id: 'backtest',
    title: 'What was forecast, and what came',
    description: `Forecasts from ${folds.length} origins beside the actuals, ${formatInstant(from)} to ${formatInstant(until)}.`,
    timeZone: 'UTC',
    from,
    until,
    unit: 'requests a second',
    layers: [
      { kind: 'Band' as const, role: 'forecast' as const, label: 'forecast, lowest to highest level', points: shown },
      { kind: 'Line' as const, role: 'forecast' as const, label: 'forecast', points: shown },
      { kind: 'Line' as const, role: 'actual' as const, label: 'measured', points },
    ],
    marks: folds.map(({ origin }) => ({ label: '', t: origin })),
  };
}

function formatHours(ms: number): string {
  return `${ms / 3_600_000} h`;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000)) throw new InvalidArgumentError('expected 1 to 1000.');
  return count;
}
