import type { LocalClock } from '../clock/local-clock.ts';
import { checkSeries, type Series } from './series.ts';

/** A series in the models' form: a typed array with NaN where nothing was measured. Used only inside forecasts/. */
export interface Samples {
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly values: Float64Array;
  /** Local time of the days. @default UTC */
  readonly clock?: LocalClock;
}

/** The steps of a series that are complete at `now`, as measured. @throws RangeError when the series is invalid, see {@link checkSeries} */
export function measuredOf(series: Series, now = Number.MAX_SAFE_INTEGER, name = 'history'): Samples {
  checkSeries(series, name);
  if (!Number.isFinite(now)) throw new RangeError(`now must be epoch milliseconds, got ${now}`);
  const stepMs = series.stepSeconds * 1000;
  const complete = Math.max(0, Math.min(series.values.length, Math.floor((now - series.start) / stepMs)));
  const values = new Float64Array(complete);
  for (let i = 0; i < values.length; i++) {
    const value = series.values[i];
    values[i] = isMeasured(value) ? value : Number.NaN;
  }
  return { start: series.start, stepMs, values };
}

/** The samples without gaps at the beginning and at the end. */
export function trim(samples: Samples): Samples {
  const { start, stepMs, values, ...clock } = trimEnd(samples);
  let first = 0;
  while (first < values.length && Number.isNaN(values[first])) first++;
  return { ...clock, start: start + first * stepMs, stepMs, values: values.subarray(first) };
}

/** The samples without the gaps at their end. */
export function trimEnd({ values, ...grid }: Samples): Samples {
  let end = values.length;
  while (end > 0 && Number.isNaN(values[end - 1])) end--;
  return { ...grid, values: values.subarray(0, end) };
}

/** End of the last sample, epoch ms. */
export function endOf(samples: Samples): number {
  return samples.start + samples.values.length * samples.stepMs;
}

function isMeasured(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
