import type { Series } from '../../forecasts/index.ts';
import { parseInstant } from '../api/instant.ts';
import type { TargetTimeline } from './extend-timeline.ts';

/** One measured step and the number of replicas that were ready at its time. */
export interface ReadyStep {
  /** Epoch ms. */
  readonly at: number;
  readonly ready: number;
  /** The minimum in force, in replicas. */
  readonly floor: number;
  /** Requests per second. */
  readonly demand: number;
}

/** Longest gap across which a point still holds, in median distances between points. */
const longestGapRatio = 2.5;

/** Returns the measured steps for which the record has the ready replicas; a gap in either stays a gap. */
export function readyOver({ points }: TargetTimeline, actual: Series): readonly ReadyStep[] {
  const known = points.map(({ t, ready, floor }) => ({ t: parseInstant(t), ready, floor }));
  const reachMs = longestGapRatio * medianDistance(known.map(({ t }) => t));
  const stepMs = actual.stepSeconds * 1000;
  let last = -1;
  return actual.values.flatMap((demand, step) => {
    const at = actual.start + step * stepMs;
    while ((known[last + 1]?.t ?? Number.POSITIVE_INFINITY) <= at + stepMs / 2) last += 1;
    const point = known[last];
    if (demand === null || point === undefined || at - point.t > reachMs) return [];
    return [{ at, ready: point.ready, floor: point.floor, demand }];
  });
}

/** The median distance between neighbouring points in ms; a minute when there are none. */
function medianDistance(times: readonly number[]): number {
  const distances = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 60_000;
}
