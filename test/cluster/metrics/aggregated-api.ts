import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { applyAll } from '../support/apply-manifests.ts';
import { type Answer, type KubernetesClient, until } from '../support/kubernetes-client.ts';
import { conditionOf, type KubernetesObject } from '../support/kubernetes-object.ts';

export interface AggregatedApi {
  /** Stops the server. Call it last: namespaces cannot be deleted while an API of the cluster does not answer. */
  stop(): Promise<void>;
}

export interface AggregatedApiOptions {
  readonly client: KubernetesClient;
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Name of the group, which is served in version v1beta1. */
  readonly group: string;
  /** Answers a GET of any path except the group's root; an exception becomes a 503. */
  readonly answer: (url: URL) => Promise<Answer>;
}

/**
 * Serves an API group beside those of the API server: an APIService over a Service of type ExternalName, the only type
 * that can lead to a loopback port.
 */
export async function startAggregatedApi(options: AggregatedApiOptions): Promise<AggregatedApi> {
  const { client, certificate, group, answer } = options;
  const groupVersion = `${group}/v1beta1`;
  const resourceList = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: [] };
  const server = createServer(
    { cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) },
    async (incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'https://localhost');
      const { status, body } =
        url.pathname === `/apis/${groupVersion}`
          ? { status: 200, body: resourceList }
          : await answer(url).catch((error: unknown) => ({
              status: 503,
              body: { message: error instanceof Error ? error.message : String(error) },
            }));
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  await register(client, group, address.port);
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function register(client: KubernetesClient, group: string, port: number): Promise<void> {
  const name = `v1beta1.${group}`;
  const service = { name: 'headstart-test-metrics', namespace: 'default' };
  await applyAll(client, [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: service,
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name },
      spec: {
        group,
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { ...service, port },
      },
    },
  ]);
  await until(
    `the API ${group}`,
    60_000,
    () => client.call('GET', `/apis/apiregistration.k8s.io/v1/apiservices/${name}`),
    ({ body }) => conditionOf(body as KubernetesObject, 'Available')?.status === 'True',
  );
}
