import { type AggregatedApi, type AggregatedApiOptions, startAggregatedApi } from './aggregated-api.ts';

const group = 'external.metrics.k8s.io';

export interface ExternalMetricsOptions extends Pick<AggregatedApiOptions, 'client' | 'certificate'> {
  /** URL and query for a metric of a namespace; undefined = there is no such metric. */
  readonly source: (namespace: string, metric: string, labels: string) => { url: string; query: string } | undefined;
}

/** Serves External metrics to the HPA controller, from Prometheus. */
export function startExternalMetricsServer({ source, ...options }: ExternalMetricsOptions): Promise<AggregatedApi> {
  return startAggregatedApi({
    ...options,
    group,
    async answer(url) {
      const [, namespace, metric] = url.pathname.match(`^/apis/${group}/v1beta1/namespaces/([^/]+)/([^/]+)$`) ?? [];
      const labels = url.searchParams.get('labelSelector') ?? '';
      const where = namespace && metric ? source(namespace, metric, labels) : undefined;
      if (where === undefined || metric === undefined) return { status: 404, body: { message: 'no such metric' } };
      return { status: 200, body: valueList(metric, await askPrometheus(where.url, where.query)) };
    },
  });
}

/** Formats a value in thousandths, as a Quantity. */
function valueList(metricName: string, value: number): unknown {
  const item = {
    metricName,
    metricLabels: {},
    timestamp: new Date().toISOString(),
    value: `${Math.round(value * 1000)}m`,
  };
  return { kind: 'ExternalMetricValueList', apiVersion: `${group}/v1beta1`, metadata: {}, items: [item] };
}

/** Queries Prometheus; an empty answer is an error, not 0. */
async function askPrometheus(url: string, query: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query }),
    signal: AbortSignal.timeout(5_000),
  });
  const { data } = (await response.json()) as { data?: { result: readonly { value: readonly [number, string] }[] } };
  const value = Number(data?.result[0]?.value[1]);
  if (!Number.isFinite(value)) throw new Error(`no value for ${query}`);
  return value;
}
