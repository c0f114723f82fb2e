import { type BoundsSeen, demandSteps, formatInstant, type Need, replicasFor, type Span, seenAt } from './trace.ts';

/** The floor planned for an announced sale. */
export interface RaiseAsk {
  /** Bounds of one HPA, in order of time. */
  readonly bounds: readonly BoundsSeen[];
  readonly need: Need;
  readonly sale: Span;
  /**
   * Milliseconds before the start at which the floor must be in force: `leadTimeSeconds` and the controllers' own lag.
   */
  readonly leadMs: number;
}

/**
 * Complaints when the minimum in force `leadMs` before the start does not cover the highest actual demand of the sale:
 * from then on the operator, the metrics and the leader may all fail.
 */
export function judgeRaisedInTime({ bounds, need, sale, leadMs }: RaiseAsk): readonly string[] {
  const due = sale.start - leadMs;
  const peak = Math.max(...demandSteps(need, sale).map(({ demand }) => demand));
  if (!Number.isFinite(peak)) return [`${need.workload}: no demand is known in the sale, nothing can be judged`];
  const needed = replicasFor(peak, need.capacityPerReplica);
  const inForce = seenAt(bounds, due);
  if (inForce !== undefined && inForce.minReplicas >= needed) return [];
  const raised = bounds.find(({ minReplicas }) => minReplicas >= needed);
  const when = raised === undefined ? 'never' : `${Math.round((raised.at - due) / 1000)} s late`;
  return [
    `${need.workload}: minReplicas ${inForce?.minReplicas ?? 'unknown'} at ${formatInstant(due)}, ` +
      `${needed} were needed by then; raised ${when}`,
  ];
}
