import { ownValue } from '../../api/names/own-value.ts';
import { renderChart } from '../../report/render-chart.ts';
import type { Judged } from '../../review/backtest/judge-history.ts';
import { formatTable } from '../output/format-table.ts';
import { backtestChart } from './backtest-chart.ts';
import type { ForecastOutput } from './format-forecasts.ts';

/** Formats scores as a table with one row per model, as complete JSON, or the first model as a chart. */
export function formatScores(judged: readonly Judged[], output: ForecastOutput): string {
  const scores = judged.flatMap(({ scores: own }) => own);
  if (output === 'json') return `${JSON.stringify(judged.flatMap(withNotes), undefined, 2)}\n`;
  if (output === 'svg')
    return judged
      .slice(0, 1)
      .map(one => `${renderChart(backtestChart(one))}\n`)
      .join('');
  const levels = Object.keys(scores[0]?.coverage ?? {});
  const number = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : '');
  const rows = scores.map(score => [
    score.series,
    score.over,
    score.model,
    ...[score.wape, score.mae, score.rmse, score.biasRatio, score.peakError].map(number),
    ...levels.map(level => number(ownValue(score.coverage, level) ?? Number.NaN)),
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

/** The scores of a history, each with the notes on what was corrected or left out in its file. */
function withNotes({ scores, history: { notes = [] } }: Judged) {
  return scores.map(score => (notes.length === 0 ? score : { ...score, notes }));
}
