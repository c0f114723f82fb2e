import type { TargetPlan } from '../plan/plan.ts';

/** What was asked of the API server for one namespace, in order; with dryRun, what would have been. */
export interface Applied {
  /** Epoch ms. */
  readonly now: number;
  readonly dryRun: boolean;
  readonly writes: readonly AppliedWrite[];
}

export interface AppliedWrite {
  readonly kind: string;
  readonly name: string;
  /** What part: the bounds of an HPA, replicas through /scale, our finalizer, a status, a whole object, an Event. */
  readonly part: 'Bounds' | 'Scale' | 'Finalizer' | 'Status' | 'Object' | 'Event';
  readonly outcome: WriteOutcome;
  /** A sentence: what was written and why, or why it was not. */
  readonly message: string;
  /** Of bounds and replicas: the target's plan as it was made for the live object, with the steps that led to it. */
  readonly decided?: TargetPlan;
}

/**
 * `Written`, or `Unchanged` because it was so already. `Conflict`: the object moved on three times. `Refused`: the API
 * server, an admission policy or our own last check said no. `Gone`: the object is not there any more. `Deferred`: another
 * writer was answered too recently, or other targets must be lowered first. `NotLeading`: another replica leads.
 * `Failed`: no usable answer; the reconcile is tried again.
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
