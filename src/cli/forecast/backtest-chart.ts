import type { BacktestFold } from '../../../forecasts/index.ts';
import { levelName } from '../../api/amounts/level-name.ts';
import { formatRoundSpan } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import type { Chart } from '../../report/chart.ts';
import type { Judged } from '../../review/backtest/judge-history.ts';
import { chartPoints, chartStep, chartUnit } from './chart-points.ts';
import { bandBetween } from './forecast-chart.ts';

/** Number of origins above which they are not marked one by one. */
const mostMarks = 14;

/** Draws the forecast from each origin until the next one, and the actual demand. */
export function backtestChart({ history: { name, history }, events, folds }: Judged): Chart {
  const stepMs = history.stepSeconds * 1000;
  const from = folds[0]?.forecast.start ?? history.start;
  const until = history.start + history.values.length * stepMs;
  const drawn = chartStep(history.stepSeconds, until - from);
  const draw = (values: readonly (number | null)[]) =>
    chartPoints({ start: from, stepSeconds: history.stepSeconds, values }, drawn);
  const forecast = joined(folds, ({ point }) => point);
  const levels = folds[0]?.forecast.quantiles ?? [];
  const low = joined(folds, ({ quantiles, point }) => quantiles[0]?.values ?? point);
  const high = joined(folds, ({ quantiles, point }) => quantiles.at(-1)?.values ?? point);
  const [lowest = 0, highest = 0] = [levels[0]?.level, levels.at(-1)?.level];
  const shown = events.filter(({ start, end }) => end > from && start < until);
  const [first, second] = folds;
  const every = first && second ? second.origin - first.origin : until - from;
  return {
    id: 'backtest',
    title: `${name}: forecast every ${formatRoundSpan(every)}, and what came`,
    description: `Forecasts from ${folds.length} origins, each until the next one, beside the actuals, ${formatInstant(from)} to ${formatInstant(until)}.`,
    timeZone: 'UTC',
    from,
    until,
    unit: chartUnit(history.stepSeconds, drawn),
    layers: [
      {
        kind: 'Band',
        role: 'forecast',
        label: `${levelName(lowest)} to ${levelName(highest)}`,
        points: bandBetween(draw(low), draw(high)),
      },
      {
        kind: 'Line',
        role: 'actual',
        label: 'measured',
        points: draw(history.values.slice((from - history.start) / stepMs)),
      },
      { kind: 'Line', role: 'forecast', label: 'forecast', points: draw(forecast) },
    ],
    windows: shown.map(({ id, start, end }) => ({ label: id, start, end })),
    marks: folds.length > mostMarks ? [] : folds.map(({ origin }) => ({ label: '', t: origin })),
  };
}

/** Joins the folds into one list of steps: from each fold those before the next fold begins; gaps outside all folds. */
function joined(
  folds: readonly BacktestFold[],
  pick: (forecast: BacktestFold['forecast']) => readonly number[],
): readonly (number | null)[] {
  const [first] = folds;
  const last = folds.at(-1);
  if (first === undefined || last === undefined) return [];
  const stepMs = first.forecast.stepSeconds * 1000;
  const indexOf = (time: number) => Math.round((time - first.forecast.start) / stepMs);
  const values = new Array<number | null>(indexOf(last.forecast.start) + last.forecast.point.length).fill(null);
  for (const { forecast } of folds)
    pick(forecast).forEach((value, i) => {
      values[indexOf(forecast.start) + i] = value;
    });
  return values;
}
