import type { Forecast } from '../../../forecasts/index.ts';
import { forecastLevels } from '../../../src/plan/demand/levels.ts';

/** 0.5 at the start, 1 after a third, 0.2 at the end; 0 outside. */
export function rise(at: number, { start, end }: { readonly start: number; readonly end: number }): number {
  if (at < start || at >= end) return 0;
  const share = (at - start) / (end - start);
  return share < 1 / 3 ? 0.5 + 1.5 * share : 1 - 1.2 * (share - 1 / 3);
}

/** From `night` at 04:00 UTC to 1 at 16:00 UTC. */
export function dayShape(at: number, night = 1): number {
  const hours = (at / 3_600_000) % 24;
  return night + ((1 - night) * (1 + Math.cos(((hours - 16) / 12) * Math.PI))) / 2;
}

/** P90 is 1.1 and P95 1.2 times the median. */
export function quantilesOf(point: readonly number[], start: number, stepSeconds: number): Forecast {
  const ratios = [1, 1.1, 1.2];
  const quantiles = forecastLevels.map((level, index) => ({
    level,
    values: point.map(value => value * (ratios[index] ?? 1)),
  }));
  return { model: 'made up', start, stepSeconds, point, quantiles };
}
