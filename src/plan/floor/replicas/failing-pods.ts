/** Why more pods of a target would only fail as well. */
export interface FailingPods {
  /** Replicas at which its floor stays. */
  readonly held: number;
  /** Pods above the baseline that were never ready and fail. */
  readonly failing: number;
  /** Pods above the baseline. */
  readonly added: number;
  /** What they wait for, in words. */
  readonly why: string;
}
