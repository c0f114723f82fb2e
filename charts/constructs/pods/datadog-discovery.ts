export interface DatadogDiscoveryProps {
  /** The container whose metrics are read. */
  readonly container: string;
  readonly port: number;
  /** @default '/metrics' */
  readonly path?: string;
  /** The prefix of the metric names in Datadog. */
  readonly namespace: string;
  /** A prefix that is removed from the metric names first. @default none */
  readonly rawMetricPrefix?: string;
  /** The metrics that are read, without that prefix and without the `_total` of counters. */
  readonly metrics: readonly string[];
}

/**
 * The annotation with which Datadog's agent finds a pod's metrics: `http_requests_total` becomes
 * `<namespace>.http_requests.count`.
 *
 * @see https://docs.datadoghq.com/containers/kubernetes/prometheus/
 */
export function datadogDiscovery(props: DatadogDiscoveryProps): Record<string, string> {
  const { container, port, path = '/metrics', namespace, rawMetricPrefix, metrics } = props;
  const instance = {
    openmetrics_endpoint: `http://%%host%%:${port}${path}`,
    namespace,
    ...(rawMetricPrefix === undefined ? {} : { raw_metric_prefix: rawMetricPrefix }),
    metrics,
  };
  return { [`ad.datadoghq.com/${container}.checks`]: JSON.stringify({ openmetrics: { instances: [instance] } }) };
}
