import type { Samples } from '../series/samples.ts';
import { outageRuns } from './outage-runs.ts';

/** The samples with NaN in outages; `known` holds the other days. @default known = samples */
export function withoutOutages(samples: Samples, known: Samples = samples): Samples {
  const runs = outageRuns(samples, known);
  if (runs.length === 0) return samples;
  const values = samples.values.slice();
  for (const { first, end } of runs) values.fill(Number.NaN, first, end);
  return { ...samples, values };
}
