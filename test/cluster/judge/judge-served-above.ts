import { type BoundsSeen, demandSteps, type Need, type ReadySeen, replicasFor, type Span, seenAt } from './trace.ts';

export interface ServedAboveAsk {
  /** Bounds of one HPA, in order of time. */
  readonly bounds: readonly BoundsSeen[];
  readonly ready: readonly ReadySeen[];
  readonly need: Need;
  readonly sale: Span;
}

/**
 * Complaints when the HPA was not shown to scale above the floor: when the sale never needed more than the minimum in
 * force at its start, or no more pods than that were ever Ready. `judgeCapacity` judges whether they were enough.
 */
export function judgeServedAbove({ bounds, ready, need, sale }: ServedAboveAsk): readonly string[] {
  const floor = seenAt(bounds, sale.start)?.minReplicas;
  if (floor === undefined) return [`${need.workload}: no minimum is known at the start, nothing can be judged`];
  const needed = replicasFor(Math.max(0, ...demandSteps(need, sale).map(step => step.demand)), need.capacityPerReplica);
  const during = ready.filter(({ at }) => at >= sale.start && at < sale.end).map(seen => seen.ready);
  const most = Math.max(seenAt(ready, sale.start)?.ready ?? 0, ...during);
  return [
    ...(needed <= floor ? [`${need.workload}: ${needed} were needed at most, the floor was ${floor}`] : []),
    ...(most <= floor ? [`${need.workload}: at most ${most} were Ready, the floor was ${floor}`] : []),
  ];
}
