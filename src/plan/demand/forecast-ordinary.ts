import type { Series } from '../../../forecasts/index.ts';
import type { WindowForecast } from './demand-forecasts.ts';
import type { ForecastPiece } from './forecast-pieces.ts';
import { medianLevel } from './levels.ts';

/**
 * The piece that forecasts a target's demand without any sale over [start, end): a review compares the peak of a sale
 * with it. Begins at `fittedAt` when the model has used data later than `start`; undefined when nothing is left.
 */
export function ordinaryPiece(
  fittedAt: number,
  window: { readonly start: number; readonly end: number; readonly stepSeconds: number },
): ForecastPiece | undefined {
  const stepMs = window.stepSeconds * 1000;
  const from = Math.floor(Math.max(window.start, fittedAt) / stepMs) * stepMs;
  if (Math.max(window.start, fittedAt) >= window.end) return undefined;
  return { from, steps: Math.ceil(window.end / stepMs) - from / stepMs, coarseness: 1, events: [] };
}

/** The medians of a forecast without any sale. */
export function ordinarySeries({ base }: WindowForecast): Series {
  const median = base.quantiles.find(({ level }) => level === medianLevel)?.values ?? base.point;
  return { start: base.start, stepSeconds: base.stepSeconds, values: median };
}
