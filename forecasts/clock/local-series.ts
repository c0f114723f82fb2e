import type { Samples } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import type { LocalClock } from './local-clock.ts';

/**
 * The series in local time, as if that were UTC. The hour that clocks skip is a gap; steps of an hour that they show
 * twice are averaged, and those that they are about to show again when the series ends are left out. A change that is
 * no whole number of steps is rounded to one.
 */
export function localSeries(series: Series, clock: LocalClock): Series {
  const { start, stepSeconds, values } = series;
  const stepMs = stepSeconds * 1000;
  const localStart = start + clock.offsetAt(start);
  const end = start + values.length * stepMs;
  if (clock.nextChange(start) >= end) return { ...series, start: localStart };
  const indexOf = (step: number) => {
    const time = start + step * stepMs;
    return Math.round((time + clock.offsetAt(time) - localStart) / stepMs);
  };
  const length = Math.max(0, indexOf(values.length - 1) + 1);
  const local = new Array<number | null>(length).fill(null);
  for (let step = 0; step < values.length; step++) {
    const index = indexOf(step);
    if (index < 0 || index >= length) continue;
    local[index] = both(local[index] ?? null, values[step] ?? null);
  }
  return { ...series, start: localStart, values: local };
}

/** The mean of two values; the one that was measured, where the other was not. */
function both(one: number | null, other: number | null): number | null {
  if (!Number.isFinite(one)) return other;
  return Number.isFinite(other) ? (Number(one) + Number(other)) / 2 : one;
}

/** The samples in the local time of their clock, as if that were UTC; unchanged without a clock. */
export function localSamples({ start, stepMs, values, clock }: Samples): Samples {
  if (clock === undefined) return { start, stepMs, values };
  const local = localSeries({ start, stepSeconds: stepMs / 1000, values: [...values] }, clock);
  return { start: local.start, stepMs, values: Float64Array.from(local.values, value => value ?? Number.NaN) };
}
