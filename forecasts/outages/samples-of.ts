import { measuredOf, type Samples, trimEnd } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { withoutOutages } from './without-outages.ts';

/**
 * The steps of a series that were complete at `now`, outages as gaps, leading and trailing gaps cut off.
 * @throws RangeError when the series is no series, see `checkSeries`
 */
export function samplesOf(series: Series, now: number, name = 'history'): Samples {
  return trim(withoutOutages(measuredOf(series, now, name)));
}

function trim(samples: Samples): Samples {
  const { start, stepMs, values } = trimEnd(samples);
  let first = 0;
  while (first < values.length && Number.isNaN(values[first])) first++;
  return { start: start + first * stepMs, stepMs, values: values.subarray(first) };
}
