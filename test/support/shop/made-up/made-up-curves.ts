import type { Forecast } from '../../../../forecasts/index.ts';
import { forecastLevels } from '../../../../src/plan/demand/levels.ts';

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

/** Multiples of the median. */
const ratios: Readonly<Record<string, number>> = {
  0.5: 1,
  0.8: 1.04,
  0.85: 1.07,
  0.9: 1.1,
  0.925: 1.15,
  0.95: 1.2,
  0.97: 1.25,
  0.98: 1.3,
  0.99: 1.4,
  0.995: 1.5,
};

/** P90 is 1.1, P95 1.2 and P99 1.4 times the median. */
export function quantilesOf(
  point: readonly number[],
  start: number,
  { stepSeconds, levels = forecastLevels }: { readonly stepSeconds: number; readonly levels?: readonly number[] },
): Forecast {
  const quantiles = levels.map(level => ({ level, values: point.map(value => value * (ratios[level] ?? 1)) }));
  return { model: 'made up', start, stepSeconds, point, quantiles };
}
