import type { Samples } from '../series/samples.ts';

/** A run of zeros and gaps between them, from index `first` (inclusive) to `end` (exclusive). */
export interface ZeroRun {
  readonly first: number;
  readonly end: number;
  /** Number of zeros in the run. */
  readonly zeros: number;
}

/** Length of a run at least; the cleaning of outliers handles shorter ones. */
const leastZeros = 3;
/** Length of a run at most; longer zeros are real, as of a service that is out of use. */
const longestMs = 7 * 86_400_000;

/** Finds the runs of at least three zeros that last at most a week, oldest first; each starts and ends with a zero. */
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
