export interface DatadogDiscoveryProps {
  /** The container of the pod whose metrics are meant. */
  readonly container: string;
  readonly port: number;
  /** What the names of its metrics begin with in Datadog. */
  readonly namespace: string;
  /** What is taken off the names of its metrics before. @default nothing */
  readonly rawMetricPrefix?: string;
}

/**
 * The annotation by which Datadog's agent finds the metrics of a pod: `http_requests_total` becomes
 * `<namespace>.http_requests.count`.
 *
 * @see https://docs.datadoghq.com/containers/kubernetes/prometheus/
 */
export function datadogDiscovery(props: DatadogDiscoveryProps): Record<string, string> {
  const { container, port, namespace, rawMetricPrefix } = props;
  const instance = {
    openmetrics_endpoint: `http://%%host%%:${port}/metrics`,
    namespace,
    ...(rawMetricPrefix === undefined ? {} : { raw_metric_prefix: rawMetricPrefix }),
    metrics: ['.+'],
  };
  return { [`ad.datadoghq.com/${container}.checks`]: JSON.stringify({ openmetrics: { instances: [instance] } }) };
}
