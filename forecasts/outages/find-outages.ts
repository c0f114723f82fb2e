import { measuredOf } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { outageRuns } from './outage-runs.ts';

/** A stretch in which nothing was served although demand was there, as far as other days can tell. */
export interface Outage {
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
}

/**
 * The outages of a series, oldest first: runs of zeros where other days are hardly ever zero. Every model takes them for
 * gaps, so that they teach nothing; true zeros (nights, closed Sundays) are left.
 */
export function findOutages(series: Series): readonly Outage[] {
  const samples = measuredOf(series);
  const timeOf = (index: number) => samples.start + index * samples.stepMs;
  return outageRuns(samples).map(({ first, end }) => ({ start: timeOf(first), end: timeOf(end) }));
}
