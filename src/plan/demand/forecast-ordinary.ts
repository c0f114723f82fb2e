import type { FittedDemand, Series } from '../../../forecasts/index.ts';
import { medianLevel } from './levels.ts';

/**
 * Forecasts a target's demand without any sale, as a series of medians over [start, end): a review compares the peak of
 * a sale with it. Begins at `fittedAt` when the model has used data later than `start`; undefined when nothing is left.
 */
export function forecastOrdinary(
  fitted: FittedDemand,
  window: { readonly start: number; readonly end: number; readonly stepSeconds: number },
): Series | undefined {
  const stepMs = window.stepSeconds * 1000;
  const from = Math.max(window.start, fitted.fittedAt);
  if (from >= window.end) return undefined;
  const steps = Math.ceil(window.end / stepMs) - Math.floor(from / stepMs);
  const { base } = fitted.predict({ from, steps, levels: [medianLevel], events: [] });
  return { start: base.start, stepSeconds: base.stepSeconds, values: base.quantiles[0]?.values ?? base.point };
}
