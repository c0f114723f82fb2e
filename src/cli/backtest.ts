import { type Command, InvalidArgumentError, Option } from 'commander';
import { benchmarkModels, demandModel, fitDemand, type Model } from '../../forecasts/index.ts';
import { type JudgeOptions, judgeHistory } from '../review/backtest/judge-history.ts';
import { addHistoryOptions, type HistoryOptions } from './files/history/history-options.ts';
import { daysOf } from './forecast/days-of.ts';
import { forecastSpan, levelsOption, readEvents, readHistories, spanOption } from './forecast/forecast-options.ts';
import type { ForecastOutput } from './forecast/format-forecasts.ts';
import { formatScores } from './forecast/format-scores.ts';

interface BacktestOptions extends JudgeOptions, HistoryOptions {
  readonly history: string;
  readonly events?: string;
  readonly output: ForecastOutput;
}

/** Registers `headstart backtest`: scores the forecasts that would have been made of a history, beside naive ones. */
export function registerBacktest(program: Command): void {
  addHistoryOptions(program.command('backtest'))
    .description('Judge forecasts on a history in a file: made again and again from what was known by then.')
    .requiredOption('--history <file or folder>', 'times and requests per second, as CSV or what Prometheus answers')
    .option('--events <file>', 'past sales: YAML with FlashSales, or CSV with start,end[,peakRatio]')
    .addOption(spanOption('--horizon <span>', 'how far ahead each forecast looks', '24h'))
    .addOption(spanOption('--every <span>', 'from one origin to the next', '24h'))
    .option('--origins <count>', 'how many origins, the last one a horizon before the end', parseCount, 7)
    .addOption(spanOption('--lead <span>', 'how long before each event its forecast is made', '1h'))
    .addOption(levelsOption())
    .addOption(
      new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'csv', 'svg']).default('table'),
    )
    .addHelpText('after', '\nExample:\n  headstart backtest --history checkout.csv --events sales.csv --origins 14')
    .action((options: BacktestOptions) => {
      const eventsIn = options.events === undefined ? () => [] : readEvents(options.events, options);
      const histories = readHistories(options.history, options, eventsIn);
      const events = eventsIn(forecastSpan(histories, options.horizon));
      if (options.output === 'svg' && histories.length > 1)
        throw new Error(`a picture shows one history, ${options.history} has ${histories.length}`);
      const judged = histories.flatMap(named =>
        // a chart shows only the first model
        models.slice(0, options.output === 'svg' ? 1 : models.length).map(model => {
          process.stderr.write(`${named.name}: ${model.name} …\n`);
          const { clock } = daysOf(named.history, options);
          return judgeHistory(named, model, events, { ...options, clock });
        }),
      );
      process.stdout.write(formatScores(judged, options.output));
    });
}

/** The operator's model, and the models that it is compared with. */
const models: readonly Model[] = [demandModel('headstart', fitDemand), ...benchmarkModels];

function parseCount(text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000)) throw new InvalidArgumentError('expected 1 to 1000.');
  return count;
}
