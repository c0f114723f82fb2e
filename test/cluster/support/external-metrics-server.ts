import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { applyAll } from './apply-manifests.ts';
import { type KubernetesClient, until } from './kubernetes-client.ts';
import { conditionOf, type KubernetesObject } from './kubernetes-object.ts';

const groupVersion = 'external.metrics.k8s.io/v1beta1';
const root = `/apis/${groupVersion}`;

export interface ExternalMetricsServer {
  /** Stop it last: namespaces cannot be deleted while an API of the cluster does not answer. */
  stop(): Promise<void>;
}

export interface ExternalMetricsOptions {
  readonly client: KubernetesClient;
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Where to ask for a metric of a namespace, and what; undefined = there is no such metric. */
  readonly source: (namespace: string, metric: string, labels: string) => { url: string; query: string } | undefined;
}

/**
 * What the HPA controller reads its External metrics from: a few lines that ask Prometheus, registered with the API server
 * as an APIService over a Service of type ExternalName, the one kind that leads to a loopback port.
 */
export async function startExternalMetricsServer(options: ExternalMetricsOptions): Promise<ExternalMetricsServer> {
  const { client, certificate, source } = options;
  const server = createServer(
    { cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) },
    async (incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'https://localhost');
      if (url.pathname === root) return answer(outgoing, 200, resourceList);
      const [, namespace, metric] = url.pathname.match(`^${root}/namespaces/([^/]+)/([^/]+)$`) ?? [];
      const labels = url.searchParams.get('labelSelector') ?? '';
      const where = namespace && metric ? source(namespace, metric, labels) : undefined;
      if (where === undefined || metric === undefined) return answer(outgoing, 404, { message: 'no such metric' });
      try {
        answer(outgoing, 200, valueList(metric, await askPrometheus(where.url, where.query)));
      } catch (error) {
        answer(outgoing, 503, { message: error instanceof Error ? error.message : String(error) });
      }
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  await register(client, address.port);
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function register(client: KubernetesClient, port: number): Promise<void> {
  const name = 'v1beta1.external.metrics.k8s.io';
  const apiService: KubernetesObject = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec: {
      group: 'external.metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'headstart-test-metrics', namespace: 'default', port },
    },
  };
  const service: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'headstart-test-metrics', namespace: 'default' },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  };
  await applyAll(client, [service, apiService]);
  await until(
    'the external metrics API',
    30_000,
    () => client.call('GET', `/apis/apiregistration.k8s.io/v1/apiservices/${name}`),
    ({ body }) => conditionOf(body as KubernetesObject, 'Available')?.status === 'True',
  );
}

const resourceList = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: [] };

/** A value in thousandths, as a Quantity. */
function valueList(metricName: string, value: number): unknown {
  const item = {
    metricName,
    metricLabels: {},
    timestamp: new Date().toISOString(),
    value: `${Math.round(value * 1000)}m`,
  };
  return { kind: 'ExternalMetricValueList', apiVersion: groupVersion, metadata: {}, items: [item] };
}

/** An empty answer is an error, never the number 0. */
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

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
