import type { Samples } from '../series/samples.ts';

/** Samples from index `first` to before index `end`: zeros, and gaps between them. */
export interface ZeroRun {
  readonly first: number;
  readonly end: number;
  /** How many of them are zeros. */
  readonly zeros: number;
}

/** Fewer zeros in a row are left to those who clean outliers. */
const leastZeros = 3;
/** What has been zero for longer is not coming back soon. */
const longestMs = 7 * 86_400_000;

/** The runs of three zeros or more that last a week at most, oldest first; each starts and ends with a zero. */
export function zeroRuns({ values, stepMs }: Samples): readonly ZeroRun[] {
  const runs: ZeroRun[] = [];
  for (let first = 0; first < values.length; first++) {
    if (values[first] !== 0) continue;
    let end = first;
    let zeros = 0;
    for (let i = first; i < values.length && (values[i] === 0 || Number.isNaN(values[i])); i++) {
      if (values[i] !== 0) continue;
      zeros++;
      end = i + 1;
    }
    if (zeros >= leastZeros && (end - first) * stepMs <= longestMs) runs.push({ first, end, zeros });
    first = end;
  }
  return runs;
}
