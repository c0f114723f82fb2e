import { checkSeries, type Series } from './series.ts';

/** A series as the models compute with it: NaN where nothing was measured. Never leaves forecasts/. */
export interface Samples {
  /** Epoch ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/**
 * The steps of a series that were complete at `now`, leading and trailing gaps cut off.
 * @throws RangeError when the series is no series, see {@link checkSeries}
 */
export function samplesOf(series: Series, now: number, name = 'history'): Samples {
  checkSeries(series, name);
  if (!Number.isFinite(now)) throw new RangeError(`now must be epoch milliseconds, got ${now}`);
  const stepMs = series.stepSeconds * 1000;
  const complete = Math.min(series.values.length, Math.floor((now - series.start) / stepMs));
  let first = 0;
  let last = Math.max(0, complete) - 1;
  while (first <= last && !isMeasured(series.values[first])) first++;
  while (last >= first && !isMeasured(series.values[last])) last--;
  const values = new Float64Array(Math.max(0, last - first + 1));
  for (let i = 0; i < values.length; i++) {
    const value = series.values[first + i];
    values[i] = isMeasured(value) ? value : Number.NaN;
  }
  return { start: series.start + first * stepMs, stepMs, values };
}

/** Epoch ms of the end of the last sample. */
export function endOf(samples: Samples): number {
  return samples.start + samples.values.length * samples.stepMs;
}

/**
 * `samples` with the newer ones of `recent` behind them, NaN between.
 * @throws RangeError when the two have different steps
 */
export function appendSamples(samples: Samples, recent: Samples): Samples {
  if (recent.stepMs !== samples.stepMs)
    throw new RangeError(
      `recent.stepSeconds must be the history's ${samples.stepMs / 1000}, got ${recent.stepMs / 1000}`,
    );
  if (recent.values.length === 0) return samples;
  if (samples.values.length === 0) return recent;
  const offset = Math.round((recent.start - samples.start) / samples.stepMs);
  const length = Math.max(samples.values.length, offset + recent.values.length);
  if (length === samples.values.length) return samples;
  const values = new Float64Array(length).fill(Number.NaN);
  values.set(samples.values);
  for (let i = Math.max(0, samples.values.length - offset); i < recent.values.length; i++)
    values[offset + i] = recent.values[i] ?? Number.NaN;
  return { ...samples, values };
}

function isMeasured(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
