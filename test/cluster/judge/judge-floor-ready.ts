import { type BoundsSeen, formatInstant, type ReadySeen, type Span, seenAt } from './trace.ts';

export interface FloorReadyAsk {
  /** Bounds of one HPA, in order of time. */
  readonly bounds: readonly BoundsSeen[];
  readonly ready: readonly ReadySeen[];
  readonly sale: Span;
  /** How long after a raise its pods must be Ready, in ms: the lead time. */
  readonly leadMs: number;
}

/** Milliseconds between two checks of the sale. */
const everyMs = 15_000;

/** Complaints when the pods of a minimum in force for the lead time are not Ready; only the first per sale. */
export function judgeFloorReady({ bounds, ready, sale, leadMs }: FloorReadyAsk): readonly string[] {
  for (let at = sale.start; at < sale.end; at += everyMs) {
    const [before, inForce] = [seenAt(bounds, at - leadMs), bounds.filter(b => b.at > at - leadMs && b.at <= at)];
    if (before === undefined) return [`no minimum is known at ${formatInstant(at - leadMs)}, nothing can be judged`];
    const floor = Math.min(...[before, ...inForce].map(({ minReplicas }) => minReplicas));
    const seen = seenAt(ready, at)?.ready ?? 0;
    if (seen < floor) {
      return [`${before.autoscaler}: ${seen} Ready at ${formatInstant(at)}, the floor was ${floor} for the lead time`];
    }
  }
  return [];
}
