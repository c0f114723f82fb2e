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
  /** What part: the bounds of an HPA, replicas through /scale, our finalizer, a status, a whole new object. */
  readonly part: 'Bounds' | 'Scale' | 'Finalizer' | 'Status' | 'Object' | 'Event';
  readonly outcome: 'Written' | 'Unchanged' | 'Conflict' | 'Refused' | 'Gone' | 'NotLeading';
  readonly message: string;
}
