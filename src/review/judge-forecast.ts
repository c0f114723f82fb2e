import { bias, coverage, peakError, type Series, wape } from '../../forecasts/index.ts';
import { parseInstant } from '../api/instant.ts';
import type { TargetReview } from '../api/learned/sale-review.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { measuredBefore } from './measured-at.ts';

/** Scores the recorded forecasts against the measured demand; empty when nothing was measured. */
export function judgeForecast(
  { points }: TargetTimeline,
  { start, end }: { readonly start: number; readonly end: number },
  actual: Series | undefined,
): Partial<TargetReview> {
  const judged = points
    .filter(({ t, forecast }) => forecast !== undefined && parseInstant(t) > start && parseInstant(t) <= end + 60_000)
    .map(point => ({ ...point, demand: point.demand ?? measuredBefore(actual, parseInstant(point.t)) }));
  const demand = judged.map(point => point.demand);
  const median = judged.map(({ forecast }) => forecast ?? 0);
  const upper = judged.filter(point => point.upper !== undefined);
  const measured = demand.filter(value => value !== null);
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  if (measured.length === 0 || mean <= 0) return {};
  return {
    wapePercent: 100 * wape(demand, median),
    biasPercent: (100 * bias(demand, median)) / mean,
    peakErrorPercent: 100 * peakError(demand, median),
    medianCoveragePercent: 100 * coverage(demand, median),
    ...(upper.length === 0
      ? {}
      : {
          coveragePercent:
            100 *
            coverage(
              upper.map(point => point.demand),
              upper.map(point => point.upper ?? 0),
            ),
        }),
  };
}
