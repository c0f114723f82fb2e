import { firstOnClock, gather } from './coarsen.ts';
import { measuredOf } from './samples.ts';
import type { Series } from './series.ts';

/** Options of {@link resample}. */
export interface ResampleOptions {
  /** The new step, a whole multiple of the series' step. */
  readonly stepSeconds: number;
  /** `mean` for rates and levels, `sum` for counts, `max` for load that must be served. */
  readonly by: 'mean' | 'sum' | 'max';
}

/** Share (0–1) of a new step that must be measured. */
const leastShare = 0.5;

/**
 * Resamples a series on a coarser grid aligned to the clock (multiples of the step since 1970, UTC). Steps that the
 * series covers only partly, at its beginning or end, are cut off. Steps measured for less than half are null; in the
 * others, mean and maximum use the measured values, and the sum is scaled up to the whole step.
 *
 * @throws RangeError when the step is not a whole multiple of the series' step
 */
export function resample(series: Series, { stepSeconds, by }: ResampleOptions): Series {
  const samples = measuredOf(series);
  const per = stepSeconds / series.stepSeconds;
  if (!(Number.isInteger(per) && per >= 1))
    throw new RangeError(
      `stepSeconds must be a whole multiple of the series' ${series.stepSeconds}, got ${stepSeconds}`,
    );
  const stepMs = stepSeconds * 1000;
  const reduce = {
    mean: (sum: number, count: number) => sum / count,
    sum: (sum: number, count: number) => (sum / count) * per,
    max: (_sum: number, _count: number, highest: number) => highest,
  }[by];
  const coarse = gather(samples, { start: firstOnClock(samples, stepMs), stepMs }, (sum, count, highest) =>
    count < leastShare * per ? Number.NaN : reduce(sum, count, highest),
  );
  return { start: coarse.start, stepSeconds, values: Array.from(coarse.values, v => (Number.isNaN(v) ? null : v)) };
}
