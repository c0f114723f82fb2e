import type { Series } from '../../forecasts/index.ts';
import { parseInstant } from '../api/instant.ts';
import type { TargetTimeline } from './extend-timeline.ts';

/** One measured step, and how many replicas were ready at its time. */
export interface ReadyStep {
  /** Epoch ms. */
  readonly at: number;
  readonly ready: number;
  /** Requests a second. */
  readonly demand: number;
}

/** A point speaks for the time until the next one, but not across a gap of more than this many usual distances. */
const longestReach = 2.5;

/** The measured steps for which the record knows the ready replicas: a gap in either stays a gap. */
export function readyOver({ points }: TargetTimeline, actual: Series): readonly ReadyStep[] {
  const known = points.map(({ t, ready }) => ({ t: parseInstant(t), ready }));
  const reachMs = longestReach * usualDistance(known.map(({ t }) => t));
  const stepMs = actual.stepSeconds * 1000;
  let last = -1;
  return actual.values.flatMap((demand, step) => {
    const at = actual.start + step * stepMs;
    while ((known[last + 1]?.t ?? Number.POSITIVE_INFINITY) <= at + stepMs / 2) last += 1;
    const point = known[last];
    if (demand === null || point === undefined || at - point.t > reachMs) return [];
    return [{ at, ready: point.ready, demand }];
  });
}

/** The median distance of neighbours, in ms; a minute when there are none. */
function usualDistance(times: readonly number[]): number {
  const distances = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 60_000;
}
