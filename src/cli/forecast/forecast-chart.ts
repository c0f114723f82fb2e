import { levelName } from '../../api/amounts/level-name.ts';
import { formatRoundSpan } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import type { BandPoint, Chart, Layer, Point } from '../../report/chart.ts';
import { chartPoints, chartStep, chartUnit } from './chart-points.ts';
import type { ForecastOfHistory } from './forecast-history.ts';

/** Shortest history that is drawn; otherwise as much history as future. */
const leastShownMs = 3 * 3_600_000;

/** Draws a forecast: the newest actual values, the expected demand, its range, and the demand without sales. */
export function forecastChart({ name, history, now, demand, total, events }: ForecastOfHistory): Chart {
  const stepMs = total.stepSeconds * 1000;
  const horizonMs = total.point.length * stepMs;
  const until = total.start + horizonMs;
  const from = Math.max(history.start, now - Math.max(horizonMs, leastShownMs));
  const drawn = chartStep(total.stepSeconds, until - from);
  const draw = (values: readonly number[]) => chartPoints({ ...total, values }, drawn);
  const first = Math.max(0, Math.floor((from - history.start) / stepMs));
  const values = history.values.slice(first, Math.round((total.start - history.start) / stepMs));
  const measured = chartPoints({ ...history, start: history.start + first * stepMs, values }, drawn);
  const [low] = total.quantiles;
  const high = total.quantiles.at(-1);
  const layers: readonly (Layer | false)[] = [
    low !== undefined &&
      high !== undefined && {
        kind: 'Band',
        role: 'forecast',
        label: low === high ? `up to ${levelName(high.level)}` : `${levelName(low.level)} to ${levelName(high.level)}`,
        points: bandBetween(low === high ? draw(total.point) : draw(low.values), draw(high.values)),
      },
    events.length > 0 && { kind: 'Line', role: 'rival', label: 'without sales', points: draw(demand.base.point) },
    { kind: 'Line', role: 'actual', label: 'measured', points: measured },
    { kind: 'Line', role: 'forecast', label: 'forecast', points: draw(total.point) },
  ];
  return {
    id: 'forecast',
    title: `${name}: demand of the next ${formatRoundSpan(horizonMs)}`,
    description: `Requests a second, measured until ${formatInstant(now)} and forecast from then on; from ${demand.basis}.`,
    timeZone: 'UTC',
    from,
    until,
    unit: chartUnit(total.stepSeconds, drawn),
    layers: layers.filter(layer => layer !== false),
    windows: events.map(({ id, start, end }) => ({ label: id, start, end })),
    marks: [
      { label: 'now', t: now },
      ...events.map(({ id, start }) => ({ label: id === formatInstant(start) ? 'sale' : id, t: start })),
    ],
  };
}

/** The band between two lines with the same times, where both are known. */
export function bandBetween(low: readonly Point[], high: readonly Point[]): readonly BandPoint[] {
  return low.flatMap(({ t, value }, i) => {
    const above = high[i]?.value ?? null;
    return value === null || above === null ? [] : [{ t, low: value, high: above }];
  });
}
