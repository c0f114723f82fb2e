import { endOf, type Samples, trimEnd } from '../series/samples.ts';
import { withoutOutages } from './without-outages.ts';

/** A longer silence between a history and its newer actuals is a mistake in their times. */
const mostStepsBetween = 5_000_000;

/**
 * The samples of `recent` that come after `samples`, starting where those end, NaN between and where an outage was.
 * @throws RangeError when the two have different steps, or lie further apart than any silence could be
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
  return trimEnd(withoutOutages({ ...samples, start, values }, samples));
}

/** `samples` with the newer ones of `recent` behind them. */
export function appendSamples(samples: Samples, recent: Samples): Samples {
  const newer = samplesAfter(samples, recent);
  if (samples.values.length === 0 || newer.values.length === 0) return newer.values.length > 0 ? newer : samples;
  const values = new Float64Array(samples.values.length + newer.values.length);
  values.set(samples.values);
  values.set(newer.values, samples.values.length);
  return { ...samples, values };
}
