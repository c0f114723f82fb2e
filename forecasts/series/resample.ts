import { firstOnClock, gather } from './coarsen.ts';
import { measuredOf } from './samples.ts';
import type { Series } from './series.ts';

export interface ResampleOptions {
  /** A whole multiple of the series' own. */
  readonly stepSeconds: number;
  /** Rates and levels by `mean`, counts by `sum`, what must be served by `max`. */
  readonly by: 'mean' | 'sum' | 'max';
}

const leastShare = 0.5;

/**
 * A series on a coarser grid whose steps lie on the clock (whole multiples of the step since 1970, UTC). A step that the
 * series covers only in part, at its beginning or end, is cut off. One of which less than half was measured is null; of
 * the others the mean and the maximum are those of what was measured, and the sum is scaled up to the whole step.
 *
 * @throws RangeError when the step is no whole multiple of the series' own
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
