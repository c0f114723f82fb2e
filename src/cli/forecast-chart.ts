import { formatInstant } from '../api/instant.ts';
import type { Chart } from '../web/chart.ts';
import type { ForecastOfHistory } from './forecast-history.ts';
import { levelName } from './forecast-options.ts';

/** A forecast as a picture: what was measured last, what is expected, between which levels, and without its sales. */
export function forecastChart({ name, history, now, demand, total, events }: ForecastOfHistory): Chart {
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
