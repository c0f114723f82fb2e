import type { Decomposition } from '../decomposition.ts';
import { typicalMagnitude } from '../statistics/typical-magnitude.ts';

/** Unit of an uplift: 1 on the log scale, the typical magnitude of the series on the raw scale. */
export function upliftUnit({ scale, samples }: Decomposition): number {
  return scale.name === 'log' ? 1 : typicalMagnitude(samples.values) || 1;
}
