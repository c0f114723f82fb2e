import { type Command, Option } from 'commander';
import type { NamedHistory } from '../review/backtest/judge-history.ts';
import { addClusterOptions, type ClusterOptions } from './cluster-options.ts';
import { addHistoryOptions, type HistoryOptions } from './files/history/history-options.ts';
import { forecastHistory } from './forecast/forecast-history.ts';
import {
  type EventsIn,
  forecastSpan,
  levelsOption,
  parseTime,
  readEvents,
  readHistories,
  spanOption,
} from './forecast/forecast-options.ts';
import { type ForecastOutput, formatForecasts } from './forecast/format-forecasts.ts';
import { readSourceHistories } from './forecast/source-histories.ts';
import { Misuse } from './options/misuse.ts';
import { wallClock } from './wall-clock.ts';

interface ForecastOptions extends HistoryOptions, ClusterOptions {
  readonly history?: string;
  readonly settings?: string;
  readonly targets?: string;
  readonly target?: string;
  readonly sales?: string;
  readonly at?: number;
  readonly horizon: number;
  readonly quantiles: readonly number[];
  readonly explain?: true | number;
  readonly compareAt?: number;
  readonly output: ForecastOutput;
}

/** Registers `headstart forecast`: forecasts demand from a history in a file or in a metric source. Writes nothing. */
export function registerForecast(program: Command): void {
  const forecast: Command = addHistoryOptions(addClusterOptions(program.command('forecast')))
    .description('Forecast demand from its history in a file, or from its metric source, sales included.')
    .option(
      '--history <file or folder>',
      'times and requests per second, as CSV or what Prometheus answers; default: the sources are asked',
    )
    .option('--settings <file>', "the operator's settings, with the metric sources that --history is left out for")
    .option(
      '--targets <folder>',
      "with --settings: YAML with the ScalingTargets; default: those of the cluster's namespace",
    )
    .option('--target <name>', 'with --settings: one ScalingTarget instead of all')
    .option('--sales <file>', 'YAML with FlashSales, or CSV with start,end[,peakRatio]: past ones teach')
    .option('--at <time>', 'when the forecast is made, RFC 3339; default: the end of the history', parseTime)
    .addOption(spanOption('--horizon <span>', 'how far ahead', '24h'))
    .addOption(levelsOption())
    .option('--explain [time]', 'say what the highest step is made of, or the one at a time', parseTime)
    .option('--compare-at <time>', 'say why it differs from the forecast that would have been made then', parseTime)
    .addOption(
      new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'csv', 'svg']).default('table'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  headstart forecast --history checkout.csv --sales sales.yaml --horizon 24h -o svg > next-day.svg\n  headstart forecast --history checkout.csv --sales sales.yaml --compare-at 2026-11-26T08:00:00Z\n  headstart forecast --settings settings.yaml --target checkout -n marketplace',
    );
  forecast.action(async (options: ForecastOptions) => {
    const unread = (['settings', 'targets', 'target'] as const).find(name => options[name] !== undefined);
    if (options.history !== undefined && unread !== undefined)
      throw new Misuse(`--${unread} goes with the metric sources, not with --history`);
    if ((options.explain ?? options.compareAt) !== undefined && ['csv', 'svg'].includes(options.output))
      throw new Misuse(`--explain and --compare-at go with -o table or json, not ${options.output}`);
    const eventsIn = options.sales === undefined ? () => [] : readEvents(options.sales, options);
    const histories = await readDemand(options, eventsIn);
    const events = eventsIn(forecastSpan(histories, options.horizon));
    if (options.output === 'svg' && histories.length > 1)
      throw new Error(`a picture shows one history, ${options.history ?? 'the namespace'} has ${histories.length}`);
    const forecasts = histories.map(named => {
      if (histories.length > 1) process.stderr.write(`${named.name} …\n`);
      return forecastHistory(named, events, options);
    });
    process.stdout.write(formatForecasts(forecasts, options.output));
  });
}

/** Reads the histories of the files, or else those that the metric sources have. */
async function readDemand(options: ForecastOptions, eventsIn: EventsIn): Promise<readonly NamedHistory[]> {
  const { history, settings } = options;
  if (history !== undefined) return readHistories(history, options, eventsIn);
  if (settings === undefined)
    throw new Misuse('say where demand is read: --history with files, or --settings with the metric sources');
  return readSourceHistories({ ...options, settings }, eventsIn, options.at ?? wallClock.now());
}
