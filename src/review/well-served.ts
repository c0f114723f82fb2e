import type { Series } from '../../forecasts/index.ts';
import type { TargetTimeline } from './extend-timeline.ts';
import { readyOver } from './ready-over.ts';

/**
 * The measured demand of a target without the steps in which fewer replicas were ready than its floor, or than that demand
 * needs at `perReplica` requests per second each: callers then got no answer, and called less than they would have. Steps
 * of which the record says nothing stay.
 */
export function wellServed(record: TargetTimeline, actual: Series, perReplica: number | undefined): Series {
  const short = new Set(
    readyOver(record, actual)
      .filter(
        ({ ready, floor, demand }) =>
          ready < floor || demand > ready * (perReplica ?? Number.POSITIVE_INFINITY) * (1 + 1e-9),
      )
      .map(({ at }) => at),
  );
  if (short.size === 0) return actual;
  const stepMs = actual.stepSeconds * 1000;
  return {
    ...actual,
    values: actual.values.map((demand, step) => (short.has(actual.start + step * stepMs) ? null : demand)),
  };
}
