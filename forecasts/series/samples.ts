import { withoutOutages } from '../outages/without-outages.ts';
import { checkSeries, type Series } from './series.ts';

/** A series in the models' form: a typed array with NaN where nothing was measured. Used only inside forecasts/. */
export interface Samples {
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/** Largest gap, in steps, between a history and newer values; a larger one is an error in their times. */
const mostStepsBetween = 5_000_000;

/**
 * The steps of a series that are complete at `now`, with outages as gaps; leading and trailing gaps are cut off.
 * @throws RangeError when the series is invalid, see {@link checkSeries}
 */
export function samplesOf(series: Series, now: number, name = 'history'): Samples {
  return trim(withoutOutages(measuredOf(series, now, name)));
}

/** The steps of a series that are complete at `now`, as measured. @throws RangeError as `samplesOf` does */
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
  const { start, stepMs, values } = trimEnd(samples);
  let first = 0;
  while (first < values.length && Number.isNaN(values[first])) first++;
  return { start: start + first * stepMs, stepMs, values: values.subarray(first) };
}

function trimEnd({ values, ...grid }: Samples): Samples {
  let end = values.length;
  while (end > 0 && Number.isNaN(values[end - 1])) end--;
  return { ...grid, values: values.subarray(0, end) };
}

/** End of the last sample, epoch ms. */
export function endOf(samples: Samples): number {
  return samples.start + samples.values.length * samples.stepMs;
}

/**
 * The samples of `recent` after the end of `samples`, starting there, with NaN in gaps and outages.
 * @throws RangeError when the two have different steps or lie more than 5 000 000 steps apart
 */
export function samplesAfter(samples: Samples, recent: Samples): Samples {
  if (recent.stepMs !== samples.stepMs)
    throw new RangeError(
      `recent.stepSeconds must be the history's ${samples.stepMs / 1000}, got ${recent.stepMs / 1000}`,
    );
  if (samples.values.length === 0 && recent.values.length > 0) return recent;
  const start = endOf(samples);
  const offset = recent.values.length === 0 ? 0 : Math.round((recent.start - start) / samples.stepMs);
  if (offset > mostStepsBetween)
    throw new RangeError(
      `recent.start must lie within ${mostStepsBetween} steps of the end of the history, got ${offset} steps after it`,
    );
  const values = new Float64Array(Math.max(0, offset + recent.values.length)).fill(Number.NaN);
  for (let i = Math.max(0, -offset); i < recent.values.length; i++) values[offset + i] = recent.values[i] as number;
  return trimEnd(withoutOutages({ start, stepMs: samples.stepMs, values }, samples));
}

/** `samples` extended by the newer ones of `recent`. */
export function appendSamples(samples: Samples, recent: Samples): Samples {
  const newer = samplesAfter(samples, recent);
  if (samples.values.length === 0 || newer.values.length === 0) return newer.values.length > 0 ? newer : samples;
  const values = new Float64Array(samples.values.length + newer.values.length);
  values.set(samples.values);
  values.set(newer.values, samples.values.length);
  return { ...samples, values };
}

function isMeasured(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
