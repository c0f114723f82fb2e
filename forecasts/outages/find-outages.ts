import { measuredOf } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { outageRuns } from './outage-runs.ts';

/** A stretch of zeros at a time when other days have demand. */
export interface Outage {
  /** Start, epoch ms. */
  readonly start: number;
  /** End, epoch ms, exclusive. */
  readonly end: number;
}

/**
 * Finds the outages of a series, oldest first: runs of zeros at times when other days are hardly ever zero. Models
 * treat them as gaps; true zeros (nights, closed Sundays) remain.
 */
export function findOutages(series: Series): readonly Outage[] {
  const samples = measuredOf(series);
  const timeOf = (index: number) => samples.start + index * samples.stepMs;
  return outageRuns(samples).map(({ first, end }) => ({ start: timeOf(first), end: timeOf(end) }));
}
