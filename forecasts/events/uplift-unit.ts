import type { Decomposition } from '../decomposition.ts';
import { typicalMagnitude } from '../statistics/typical-magnitude.ts';

/** What an uplift of "one" means: on a log scale ratios are sums, on a raw one they are multiples of what is usual. */
export function upliftUnit({ scale, samples }: Decomposition): number {
  return scale.name === 'log' ? 1 : typicalMagnitude(samples.values) || 1;
}
