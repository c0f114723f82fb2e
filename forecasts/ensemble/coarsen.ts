import type { Samples } from '../samples.ts';

/**
 * Means of the measured samples on a grid of `stepMs`, cut to whole steps; as they are when no finer.
 * `start` is epoch ms of the grid's first step. @default the first one on the clock
 */
export function coarsen(samples: Samples, stepMs: number, start = Math.ceil(samples.start / stepMs) * stepMs): Samples {
  if (samples.stepMs >= stepMs || stepMs % samples.stepMs !== 0) return samples;
  const per = stepMs / samples.stepMs;
  const skip = Math.round((start - samples.start) / samples.stepMs);
  const values = new Float64Array(Math.max(0, Math.floor((samples.values.length - skip) / per)));
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    let count = 0;
    for (let k = 0; k < per; k++) {
      const value = samples.values[skip + i * per + k] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    const mean = sum / count;
    values[i] = Number.isFinite(mean) ? mean : Number.NaN;
  }
  return { start, stepMs, values };
}
