import type { Samples } from './samples.ts';

/**
 * Averages the measured samples on a coarser grid of `stepMs`, cut to whole steps; unchanged where the samples are not
 * finer or `stepMs` is not a multiple of their step. `start`: epoch ms of the grid's first step. @default the first one
 * on the clock
 */
export function coarsen(samples: Samples, stepMs: number, start = firstOnClock(samples, stepMs)): Samples {
  if (samples.stepMs >= stepMs || stepMs % samples.stepMs !== 0) return samples;
  return gather(samples, { start, stepMs }, (sum, count) => sum / count);
}

/**
 * Reduces the samples in each whole step of a coarser grid to one number, from their sum, count and maximum. NaN where
 * no sample was measured or the result is not finite.
 */
export function gather(
  samples: Samples,
  { start, stepMs }: Pick<Samples, 'start' | 'stepMs'>,
  reduce: (sum: number, count: number, highest: number) => number,
): Samples {
  const per = Math.round(stepMs / samples.stepMs);
  const skip = Math.round((start - samples.start) / samples.stepMs);
  const values = new Float64Array(Math.max(0, Math.floor((samples.values.length - skip) / per)));
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    let count = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < per; k++) {
      const value = samples.values[skip + i * per + k] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
      if (value > highest) highest = value;
    }
    const one = count === 0 ? Number.NaN : reduce(sum, count, highest);
    values[i] = Number.isFinite(one) ? one : Number.NaN;
  }
  return { ...samples, start, stepMs, values };
}

/** Start of the first step inside the samples on the clock's grid (multiples of the step since 1970, UTC), epoch ms. */
export function firstOnClock(samples: Samples, stepMs: number): number {
  return Math.ceil(samples.start / stepMs) * stepMs;
}
