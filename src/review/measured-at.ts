import type { Series } from '../../forecasts/index.ts';

/** The value measured for the step that contains an instant (epoch ms); null where nothing was measured. */
export function measuredAt(series: Series | undefined, at: number): number | null {
  if (series === undefined) return null;
  return series.values[Math.floor((at - series.start) / (series.stepSeconds * 1000))] ?? null;
}

/** The value of the newest step that was complete at `at` (epoch ms). */
export function measuredBefore(series: Series | undefined, at: number): number | null {
  return series === undefined ? null : measuredAt(series, at - series.stepSeconds * 1000);
}
