/** What a CapacityBuffer says of its size. */
export interface BufferSize {
  /** Pods, as `spec.replicas`. */
  readonly replicas?: number | undefined;
  /** Percent of the workload's replicas, as `spec.percentage`. */
  readonly percentage?: number | undefined;
}

/** Pods that a CapacityBuffer keeps room for, by the autoscaler that keeps least of it and by the one that keeps most. */
export interface BufferChunks {
  readonly least: number;
  readonly most: number;
}

/**
 * Counts the pods that a CapacityBuffer of `autoscaling.x-k8s.io` keeps room for beside a workload of so many replicas.
 * Its `limits` cap each reading alike.
 *
 *   autoscaler                                     both stated    percentage   example: 5 and 20 % of 13
 *   Cluster Autoscaler before autoscaler#9959      the smaller    down         2
 *   Karpenter before karpenter#3131                the smaller    up           3
 *   both since then, as the API says               the larger     up           5
 *
 * Transcribed from kubernetes/autoscaler capacitybuffer/translators/replicas.go at 1f15d99 (getBufferNumberOfPods) and
 * #9959 of 2026-07-09; kubernetes-sigs/karpenter pkg/controllers/capacitybuffer/controller.go of #3028, and at 0435d6d
 * with #3131 of 2026-07-08 (computeReplicas, calculatePercentageReplicas).
 */
export function bufferChunks({ replicas, percentage }: BufferSize, workloadReplicas: number): BufferChunks {
  const share = percentage === undefined ? undefined : (percentage * workloadReplicas) / 100;
  const down = [replicas, share === undefined ? undefined : Math.floor(share)].filter(pods => pods !== undefined);
  const up = [replicas, share === undefined ? undefined : Math.ceil(share)].filter(pods => pods !== undefined);
  return down.length === 0 ? { least: 0, most: 0 } : { least: Math.min(...down), most: Math.max(...up) };
}
