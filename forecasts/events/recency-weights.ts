import type { Event } from '../event.ts';
import type { PastUplift } from './past-uplifts.ts';

const dayMs = 86_400_000;
const shortestHalfLifeMs = 7 * dayMs;
/** A past event counts half when so many typical distances between events lie after it. */
const halfLifeGaps = 4;

/**
 * One weight a past uplift, 0–1, 1 for the newest: newer events count more; how fast they age depends on how often there are
 * any.
 */
export function recencyWeights(pastUplifts: readonly PastUplift[], asked: Event): Float64Array {
  const starts = pastUplifts.map(pastUplift => pastUplift.event.start).sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] as number));
  const typicalGap = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const halfLifeMs = Math.max(shortestHalfLifeMs, halfLifeGaps * typicalGap);
  const newest = starts.at(-1) ?? asked.start;
  return Float64Array.from(pastUplifts, ({ event }) => 2 ** ((event.start - newest) / halfLifeMs));
}
