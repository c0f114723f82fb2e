import type { k8s } from 'cdk8s-plus-27';
import { metricsPortOf } from '../../facts/metrics-port.ts';
import { metricPrefix } from '../../facts/shop-name.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { datadogDiscovery } from '../pods/datadog-discovery.ts';
import { edgeProxy } from '../pods/edge-proxy.ts';

/** The metrics of services that Datadog takes: the counters of demand, by role and protocol. */
const serviceMetrics = ['http_requests', 'grpc_server_handled', 'istio_requests'];

/** The name of a service's container. */
export function containerOf({ name, role }: SizedService['facts']): string {
  return role === 'Gateway' ? edgeProxy.container : name;
}

/**
 * Where Datadog is used: its three unified tags, taken from the pod's own labels so that each is stated once, and the
 * address of the agent on the node.
 */
export function environmentOf({ environment }: SizedService): k8s.EnvVar[] {
  if (environment.datadogSite === undefined) return [];
  const tags = ['env', 'service', 'version'].map(tag => ({
    name: `DD_${tag.toUpperCase()}`,
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['tags.datadoghq.com/${tag}']` } },
  }));
  const agent = { name: 'DD_AGENT_HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
  return [...tags, agent];
}

/** The annotations with which monitoring agents find a pod's metrics. */
export function discoveryOf({ facts, environment, shop }: SizedService): Record<string, string> {
  const { port, path } = metricsPortOf(facts);
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(port),
    'prometheus.io/path': path,
    ...(environment.datadogSite === undefined
      ? {}
      : datadogDiscovery({
          container: containerOf(facts),
          port,
          path,
          namespace: metricPrefix(shop),
          metrics: serviceMetrics,
        })),
  };
}
