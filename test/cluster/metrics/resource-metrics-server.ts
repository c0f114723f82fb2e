import type { ObjectList } from '../support/kubernetes-object.ts';
import { type AggregatedApi, type AggregatedApiOptions, startAggregatedApi } from './aggregated-api.ts';

const group = 'metrics.k8s.io';

export interface ResourceMetricsOptions extends Pick<AggregatedApiOptions, 'client' | 'certificate'> {
  /** CPU usage of every container, in thousandths of a core. */
  readonly cpuMillicores: number;
}

/**
 * Serves CPU metrics to the HPA controller; all containers use the same, so that no HPA needs more than its minimum.
 */
export function startResourceMetricsServer(options: ResourceMetricsOptions): Promise<AggregatedApi> {
  const { client, cpuMillicores } = options;
  return startAggregatedApi({
    ...options,
    group,
    async answer({ pathname, search }) {
      const [, namespace] = pathname.match(`^/apis/${group}/v1beta1/namespaces/([^/]+)/pods$`) ?? [];
      if (namespace === undefined) return { status: 404, body: { message: 'no such resource' } };
      const { body } = await client.call('GET', `/api/v1/namespaces/${namespace}/pods${search}`);
      return { status: 200, body: metricsList(body as ObjectList, `${cpuMillicores}m`) };
    },
  });
}

function metricsList({ items }: ObjectList, cpu: string): unknown {
  const timestamp = new Date().toISOString();
  return {
    kind: 'PodMetricsList',
    apiVersion: `${group}/v1beta1`,
    metadata: {},
    items: items.map(({ metadata: { name, namespace }, spec }) => {
      const { containers } = spec as { containers: readonly { name: string }[] };
      const usage = { cpu, memory: '32Mi' };
      return {
        metadata: { name, namespace },
        timestamp,
        window: '15s',
        containers: containers.map(container => ({ name: container.name, usage })),
      };
    }),
  };
}
