import { type Credentials, openServer } from './http/credentials.ts';
import { openTransport, type TransportOptions } from './http/http-transport.ts';
import { inCluster } from './http/in-cluster.ts';
import { fromKubeConfig } from './http/kube-config.ts';
import { fenceWrites, type Transport, type WriteFence } from './http/transport.ts';
import { Resource } from './resources/resource.ts';
import type { ResourceKind } from './resources/resource-kind.ts';
import type { KubeObject } from './resources/wire.ts';

export interface ConnectOptions {
  /** An address to use as it is, without credentials: the sandbox, `kubectl proxy`. */
  readonly server?: string | undefined;
  /** A kubeconfig file, or a list of them; without it KUBECONFIG and ~/.kube/config, as kubectl. */
  readonly kubeconfig?: string | undefined;
  /** A context of the kubeconfig. @default its current-context */
  readonly context?: string | undefined;
  /** @default that of the pod or of the context */
  readonly namespace?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly transport?: TransportOptions;
}

/** A way to one cluster: what every command gets. */
export interface Connection {
  readonly server: string;
  readonly namespace: string;
  readonly transport: Transport;
  resource<T extends KubeObject>(kind: ResourceKind<T>): Resource<T>;
  /** The same connection, whose every write asks the fence first, synchronously, before each attempt. */
  fenced(fence: WriteFence): Connection;
  close(): void;
}

/**
 * Finds the cluster: the stated server, else the stated kubeconfig, else the pod we run in, else the kubeconfig kubectl
 * would use. Nothing is sent yet.
 *
 * @throws TransportError CREDENTIALS when there is none
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const credentials = await findCredentials(options);
  const transport = openTransport(credentials, options.transport);
  return toConnection(credentials.server, options.namespace ?? credentials.namespace, transport);
}

async function findCredentials(options: ConnectOptions): Promise<Credentials> {
  const { server, kubeconfig, context, env = process.env } = options;
  if (server !== undefined) return openServer(server);
  const isInPod = env.KUBERNETES_SERVICE_HOST !== undefined && env.KUBERNETES_SERVICE_PORT !== undefined;
  if (kubeconfig === undefined && context === undefined && env.KUBECONFIG === undefined && isInPod)
    return inCluster({ env });
  return fromKubeConfig({ files: kubeconfig, context, env });
}

function toConnection(server: string, namespace: string, transport: Transport): Connection {
  return {
    server,
    namespace,
    transport,
    resource: kind => new Resource(transport, kind),
    fenced: fence => toConnection(server, namespace, fenceWrites(transport, fence)),
    close: () => transport.close(),
  };
}
