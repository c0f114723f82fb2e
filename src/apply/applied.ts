import type { TargetPlan } from '../plan/plan.ts';

/** Requests sent to the API server for one namespace, in order; with dryRun, the requests that would have been sent. */
export interface Applied {
  /** Epoch ms. */
  readonly now: number;
  readonly dryRun: boolean;
  readonly writes: readonly AppliedWrite[];
}

export interface AppliedWrite {
  readonly kind: string;
  readonly name: string;
  /**
   * Part that was written: the bounds of an HPA, replicas through /scale, placeholder pods, our finalizer, what a target has recorded as
   * raised, a status, a whole object, an Event.
   */
  readonly part: 'Bounds' | 'Scale' | 'Room' | 'Finalizer' | 'Ledger' | 'Status' | 'Object' | 'Event';
  readonly outcome: WriteOutcome;
  /** Sentence that says what was written and why, or why it was not. */
  readonly message: string;
  /** The target's plan for the live object, with the steps that led to it; only for bounds and replicas. */
  readonly decided?: TargetPlan;
}

/**
 * Outcome of one write. `Written`: sent and accepted. `Unchanged`: already as planned. `Conflict`: the object changed
 * during each of three attempts. `Refused`: rejected by the API server, by an admission policy or by our own last
 * check. `Gone`: the object no longer exists. `Deferred`: another writer was answered too recently, or other targets
 * must be lowered first. `NotLeading`: another replica leads. `Failed`: no usable answer; the reconcile is tried again.
 */
export type WriteOutcome =
  | 'Written'
  | 'Unchanged'
  | 'Conflict'
  | 'Refused'
  | 'Gone'
  | 'Deferred'
  | 'NotLeading'
  | 'Failed';

/** Returns true for a write of bounds or replicas that was done, or that should have been. */
export function changesBounds({ part, outcome }: AppliedWrite): boolean {
  return (part === 'Bounds' || part === 'Scale') && outcome !== 'Unchanged';
}
