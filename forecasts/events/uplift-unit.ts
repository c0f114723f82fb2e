import type { Decomposition } from '../decomposition.ts';

/** What an uplift of "one" means: on a log scale ratios are sums, on a raw one they are multiples of what is usual. */
export function upliftUnit({ scale, samples }: Decomposition): number {
  if (scale.name === 'log') return 1;
  let sum = 0;
  let count = 0;
  for (const value of samples.values) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  return sum > 0 ? sum / count : 1;
}
