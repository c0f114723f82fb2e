import type { ServiceFacts } from './facts-schema.ts';

/** The port where Prometheus and Datadog's agent read the metrics of every service's pods. */
export const metricsPort = { name: 'metrics', port: 9464, path: '/metrics' } as const;

/**
 * The port and the path where the proxy of a service of role Gateway shows its metrics. Istio fixes both.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
export const proxyMetricsPort = { name: 'http-envoy-prom', port: 15_090, path: '/stats/prometheus' } as const;

/** The port and the path where the metrics of a service's pods are read. */
export function metricsPortOf({ role }: Pick<ServiceFacts, 'role'>) {
  return role === 'Gateway' ? proxyMetricsPort : metricsPort;
}
