import { levelName } from '../../api/amounts/level-name.ts';
import { formatInstant } from '../../api/instant.ts';
import { renderChart } from '../../report/render-chart.ts';
import { formatTable } from '../output/format-table.ts';
import { withInstants } from '../output/with-instants.ts';
import { roundStep } from './chart-points.ts';
import { forecastChart } from './forecast-chart.ts';
import type { ForecastOfHistory } from './forecast-history.ts';
import { formatChange, formatDemand, formatExplanation } from './format-explanation.ts';

const mostRows = 24;

export type ForecastOutput = 'table' | 'json' | 'csv' | 'svg';

/** Formats forecasts as a table of at most 24 rows, as complete JSON, as CSV with one row per step, or as a chart. */
export function formatForecasts(forecasts: readonly ForecastOfHistory[], output: ForecastOutput): string {
  if (output === 'svg') return forecasts.map(forecast => `${renderChart(forecastChart(forecast))}\n`).join('');
  if (output === 'csv') return formatCsv(forecasts);
  if (output === 'json')
    return `${JSON.stringify(
      withInstants(forecasts.map(({ history: _, events: __, ...forecast }) => forecast)),
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

function formatHours(forecast: ForecastOfHistory): string {
  const { name, now, demand, total, events } = forecast;
  const spanMs = total.point.length * total.stepSeconds * 1000;
  const perRow = roundStep(total.stepSeconds, spanMs, mostRows) / total.stepSeconds;
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
  return `${name}, made ${formatInstant(now)}, from ${demand.basis}\n${sales.join('')}highest requests per second from each time to the next\n\n${table}${formatReasons(forecast)}`;
}

function formatReasons({ explanation, change }: ForecastOfHistory): string {
  const made = explanation === undefined ? '' : `\n${formatExplanation(explanation)}`;
  return change === undefined ? made : `${made}\n${formatChange(change)}`;
}
