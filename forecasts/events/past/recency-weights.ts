import type { Event } from '../../event.ts';
import type { PastUplift } from './past-uplifts.ts';

const dayMs = 86_400_000;
const shortestHalfLifeMs = 7 * dayMs;
/** Half-life in median gaps between events. */
const halfLifeGaps = 4;

/**
 * One weight per past uplift, 0–1, 1 for the newest; halves every week, or every four median gaps between events where
 * that is longer.
 */
export function recencyWeights(pastUplifts: readonly PastUplift[], upcoming: Event): Float64Array {
  const starts = pastUplifts.map(pastUplift => pastUplift.event.start).sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] as number));
  const typicalGap = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const halfLifeMs = Math.max(shortestHalfLifeMs, halfLifeGaps * typicalGap);
  const newest = starts.at(-1) ?? upcoming.start;
  return Float64Array.from(pastUplifts, ({ event }) => 2 ** ((event.start - newest) / halfLifeMs));
}
