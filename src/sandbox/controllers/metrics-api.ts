import type { PodUsage } from '../../simulate/hpa-spec.ts';

/** The answers of metrics.k8s.io and external.metrics.k8s.io at this moment. */
export interface MetricsApi {
  /** A pod's usage, in the unit of its request; undefined until the pod has been measured. */
  podUsage(namespace: string, pod: string, resource: string): PodUsage | undefined;
  /** An external metric; undefined when it does not exist. */
  external(namespace: string, name: string): number | undefined;
}
