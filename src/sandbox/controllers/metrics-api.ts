import type { PodUsage } from '../../simulate/hpa-spec.ts';

/** What metrics.k8s.io and external.metrics.k8s.io would answer now. */
export interface MetricsApi {
  /** Absent while the pod has not been measured. Utilization counts in the unit of the pod's request. */
  podUsage(namespace: string, pod: string, resource: string): PodUsage | undefined;
  /** Absent when there is no such metric. */
  external(namespace: string, name: string): number | undefined;
}
