import type { Samples } from './samples.ts';

/**
 * Means of the measured samples on a grid of `stepMs`, cut to whole steps; as they are when no finer.
 * `start` is epoch ms of the grid's first step. @default the first one on the clock
 */
export function coarsen(samples: Samples, stepMs: number, start = firstOnClock(samples, stepMs)): Samples {
  if (samples.stepMs >= stepMs || stepMs % samples.stepMs !== 0) return samples;
  return gather(samples, { start, stepMs }, (sum, count) => sum / count);
}

/**
 * One number a whole step of a coarser grid, from the samples that begin in it: their sum, how many were measured, and
 * their highest. NaN where none was, or the number is not finite.
 */
export function gather(
  samples: Samples,
  { start, stepMs }: Omit<Samples, 'values'>,
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
  return { start, stepMs, values };
}

/** Epoch ms of the first step of a grid on the clock (whole multiples of the step since 1970, UTC) inside the samples. */
export function firstOnClock(samples: Samples, stepMs: number): number {
  return Math.ceil(samples.start / stepMs) * stepMs;
}
