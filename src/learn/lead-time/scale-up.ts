/** One scale-up that was seen from its beginning until all its replicas were ready. */
export interface ScaleUp {
  /** Replicas that it added. */
  readonly added: number;
  /** Seconds from when the workload was to have them until that many were ready; absent when they never were. */
  readonly seconds?: number | undefined;
  /** Whether pods waited for a node; absent when nobody saw the pods. */
  readonly neededNodes?: boolean | undefined;
}
