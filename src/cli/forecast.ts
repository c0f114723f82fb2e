import { type Command, Option } from 'commander';
import { type DemandForecast, type Event, type Forecast, fitDemand, totalDemand } from '../../forecasts/index.ts';
import { formatInstant } from '../api/instant.ts';
import type { Chart } from '../web/chart.ts';
import { renderChart } from '../web/render-chart.ts';
import {
  levelName,
  type NamedHistory,
  parseLevels,
  parseSpan,
  parseTime,
  readEvents,
  readHistories,
} from './forecast-options.ts';
import { formatTable } from './format-table.ts';

interface ForecastOptions {
  readonly history: string;
  readonly sales?: string;
  readonly at?: number;
  readonly horizon: number;
  readonly quantiles: readonly number[];
  readonly output: 'table' | 'json' | 'csv' | 'svg';
}

/** One history's forecast, as `headstart forecast -o json` prints it. */
export interface ForecastOfHistory extends NamedHistory {
  readonly now: number;
  readonly events: readonly Event[];
  readonly demand: DemandForecast;
  /** Base and events together. */
  readonly total: Forecast;
}

/** `headstart forecast`: what will come, from a history in a file. Reads no cluster and writes nothing. */
export function registerForecast(program: Command): void {
  program
    .command('forecast')
    .description('Forecast demand from its history in a CSV file, sales included: no cluster is asked.')
    .requiredOption('--history <file or folder>', 'CSV with lines timestamp,value: requests a second')
    .option('--sales <file>', 'YAML with FlashSales, or CSV with start,end[,peakRatio]: past ones teach')
    .option('--at <time>', 'when the forecast is made, RFC 3339; default: the end of the history', parseTime)
    .option('--horizon <span>', 'how far ahead', parseSpan, parseSpan('24h'))
    .option('--quantiles <levels>', 'levels between 0 and 1, ascending', parseLevels, [0.5, 0.9, 0.95])
    .addOption(
      new Option('-o, --output <form>', 'how to show it').choices(['table', 'json', 'csv', 'svg']).default('table'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  headstart forecast --history checkout.csv --sales sales.yaml --horizon 24h -o svg > next-day.svg',
    )
    .action((options: ForecastOptions) => {
      const events = options.sales === undefined ? [] : readEvents(options.sales);
      const histories = readHistories(options.history);
      if (options.output === 'svg' && histories.length > 1)
        throw new Error(`a picture shows one history, ${options.history} has ${histories.length}`);
      const forecasts = histories.map(named => {
        if (histories.length > 1) process.stderr.write(`${named.name} …\n`);
        return forecastHistory(named, events, options);
      });
      process.stdout.write(formatForecasts(forecasts, options.output));
    });
}

/** The forecast the operator would make at `at` (epoch ms), or at the end of the history. */
export function forecastHistory(
  { name, history }: NamedHistory,
  events: readonly Event[],
  ask: { readonly at?: number; readonly horizon: number; readonly quantiles: readonly number[] },
): ForecastOfHistory {
  const stepMs = history.stepSeconds * 1000;
  const now = ask.at ?? history.start + history.values.length * stepMs;
  const until = now + ask.horizon;
  const reached = events.filter(event => event.start < until && event.end > now - 3 * 3_600_000);
  const demand = fitDemand(history, { now, events }).predict({
    from: now,
    steps: Math.max(1, Math.ceil(ask.horizon / stepMs)),
    levels: ask.quantiles,
    events: reached,
  });
  return { name, history, now, events: reached, demand, total: totalDemand(demand) };
}

/** As text: a table of at most a row an hour, everything as JSON, a row a step as CSV, or a picture. */
export function formatForecasts(forecasts: readonly ForecastOfHistory[], output: ForecastOptions['output']): string {
  if (output === 'svg') return forecasts.map(forecast => `${renderChart(chartOf(forecast))}\n`).join('');
  if (output === 'csv') return formatCsv(forecasts);
  if (output === 'json')
    return `${JSON.stringify(
      forecasts.map(({ name, now, demand, total }) => ({ name, now: formatInstant(now), demand, total })),
      undefined,
      2,
    )}\n`;
  return forecasts.map(formatHours).join('\n');
}

function formatCsv(forecasts: readonly ForecastOfHistory[]): string {
  const levels = forecasts[0]?.total.quantiles.map(({ level }) => levelName(level)) ?? [];
  const rows = forecasts.flatMap(({ name, total, demand }) =>
    total.point.map((point, i) =>
      [
        name,
        formatInstant(total.start + i * total.stepSeconds * 1000),
        point,
        ...total.quantiles.map(({ values }) => values[i]),
        demand.base.point[i],
      ].join(','),
    ),
  );
  return `${[['series', 'timestamp', 'point', ...levels, 'base'].join(','), ...rows].join('\n')}\n`;
}

function formatHours({ name, now, demand, total, events }: ForecastOfHistory): string {
  const perRow = Math.max(1, Math.ceil(total.point.length / 24));
  const rows = Array.from({ length: Math.ceil(total.point.length / perRow) }, (_, row) => {
    const highest = (values: readonly number[]) => Math.max(...values.slice(row * perRow, (row + 1) * perRow));
    const time = formatInstant(total.start + row * perRow * total.stepSeconds * 1000);
    return [
      time,
      ...[total.point, ...total.quantiles.map(q => q.values), demand.base.point].map(v => formatDemand(highest(v))),
    ];
  });
  const head = ['FROM', 'POINT', ...total.quantiles.map(({ level }) => levelName(level)), 'WITHOUT SALES'];
  const sales = events.map(event => `  ${event.id}: ${formatInstant(event.start)} to ${formatInstant(event.end)}\n`);
  const table = formatTable([head, ...rows]);
  return `${name}, made ${formatInstant(now)}, from ${demand.basis}\n${sales.join('')}highest requests a second from each time to the next\n\n${table}`;
}

function formatDemand(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function chartOf({ name, history, now, demand, total, events }: ForecastOfHistory): Chart {
  const stepMs = total.stepSeconds * 1000;
  const horizonMs = total.point.length * stepMs;
  const from = Math.max(history.start, now - Math.max(horizonMs, 12 * 3_600_000));
  const at = (values: readonly number[]) => values.map((value, i) => ({ t: total.start + i * stepMs, value }));
  const low = total.quantiles[0];
  const high = total.quantiles.at(-1);
  const known = history.values
    .map((value, i) => ({ t: history.start + i * stepMs, value }))
    .filter(({ t }) => t >= from && t < total.start);
  return {
    id: 'forecast',
    title: `${name}: what will come`,
    description: `Requests a second, measured until ${formatInstant(now)} and forecast from then on; from ${demand.basis}.`,
    timeZone: 'UTC',
    from,
    until: total.start + horizonMs,
    unit: 'requests a second',
    layers: [
      ...(low && high
        ? [
            {
              kind: 'Band' as const,
              role: 'forecast' as const,
              label: `forecast, ${levelName(low.level)} to ${levelName(high.level)}`,
              points: total.point.map((_, i) => ({
                t: total.start + i * stepMs,
                low: low.values[i] ?? 0,
                high: high.values[i] ?? 0,
              })),
            },
          ]
        : []),
      { kind: 'Line', role: 'forecast', label: 'forecast', points: at(total.point) },
      ...(events.length > 0
        ? [{ kind: 'Line' as const, role: 'rival' as const, label: 'without sales', points: at(demand.base.point) }]
        : []),
      { kind: 'Line', role: 'actual', label: 'measured', points: known },
    ],
    windows: events.map(({ id, start, end }) => ({ label: id, start, end })),
    marks: [{ label: 'now', t: now }],
  };
}
