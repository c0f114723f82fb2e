import { type Decomposition, lessProfile, withoutEvents } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { maskEvents } from '../events/mask-events.ts';
import { samplesAfter } from '../outages/samples-after.ts';
import { coarsen } from '../series/coarsen.ts';
import { carryLevel } from '../series/local-level.ts';
import { endOf, type Samples } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { soundRecent } from '../series/sound-samples.ts';
import { outlierLimit, type RegularHistory, withoutOutliers } from './regular-history.ts';

/**
 * The history's scaled grid, extended by the actual values since the fit; their events, gaps and outliers are replaced
 * as well. The second argument holds the history in its own step: its last steps may not fill a whole step of the grid.
 * @throws RangeError when `recent` has a different step than the history
 */
export function continueHistory(
  history: RegularHistory,
  { samples }: Decomposition,
  recent: Series | undefined,
  events: readonly Event[],
): Float64Array {
  if (recent === undefined) return history.scaled;
  const newer = samplesAfter(samples, soundRecent(recent, events, samples));
  if (newer.values.length === 0) return history.scaled;
  const end = history.start + history.scaled.length * history.stepMs;
  const grid = coarsen(joined(samples, newer, end), history.stepMs, end);
  const { scale, profile, level } = history.decomposition;
  const deviations = { ...grid, values: lessProfile(grid.values.map(scale.to), grid, profile) };
  const residuals = withoutEvents(deviations, maskEvents(grid, events));
  const levels = carryLevel(level, residuals);
  const kept = withoutOutliers(residuals.values, levels.middle.values, outlierLimit(history.decomposition));
  const continued = new Float64Array(history.scaled.length + kept.length);
  continued.set(history.scaled);
  kept.forEach((residual, i) => {
    const expected = Number.isNaN(residual) ? (levels.slow.values[i] as number) : residual;
    continued[history.scaled.length + i] = profile.ordinary.at(grid.start + i * grid.stepMs) + expected;
  });
  return continued;
}

/** The samples from `from` (epoch ms) on: the end of the history, then the newer samples. */
function joined(samples: Samples, newer: Samples, from: number): Samples {
  const left = Math.max(0, Math.round((endOf(samples) - from) / samples.stepMs));
  const values = new Float64Array(left + newer.values.length);
  values.set(samples.values.subarray(samples.values.length - left));
  values.set(newer.values, left);
  return { ...samples, start: endOf(samples) - left * samples.stepMs, values };
}
