import { TransportError } from './api-error.ts';
import { type ApiWriteBudget, budgetWrites } from './http/api-write-budget.ts';
import { type Credentials, openServer, withBearerToken } from './http/credentials.ts';
import { openTransport, type TransportOptions } from './http/http-transport.ts';
import { impersonate } from './http/impersonate.ts';
import { inCluster } from './http/in-cluster.ts';
import { fromKubeConfig } from './http/kube-config.ts';
import { ServerClock } from './http/server-clock.ts';
import { fenceWrites, type Transport, tryWrites, type WriteFence } from './http/transport.ts';
import { Resource } from './resources/resource.ts';
import type { ResourceKind } from './resources/resource-kind.ts';
import type { KubeObject } from './resources/wire.ts';

export interface ConnectOptions {
  /** An address to use without credentials: the sandbox, `kubectl proxy`. */
  readonly server?: string | undefined;
  /** A kubeconfig file or a list of them. @default KUBECONFIG, else ~/.kube/config, as kubectl */
  readonly kubeconfig?: string | undefined;
  /** The name of a context in the kubeconfig. @default its current-context */
  readonly context?: string | undefined;
  /** @default the namespace of the pod or of the context */
  readonly namespace?: string | undefined;
  /** Name of the user in whose place every call is made. @default the caller itself, or what the kubeconfig says */
  readonly as?: string | undefined;
  /** Groups of that user. @default none */
  readonly asGroups?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly transport?: TransportOptions;
}

/** An API client for one cluster; every command gets one. */
export interface Connection {
  readonly server: string;
  readonly namespace: string;
  readonly transport: Transport;
  /** The API server's clock compared with ours, by the answers so far. */
  readonly serverClock: Pick<ServerClock, 'skewMs' | 'subscribe'>;
  resource<T extends KubeObject>(kind: ResourceKind<T>): Resource<T>;
  /** Returns the same connection, except that each write calls the fence synchronously before each attempt. */
  fenced(fence: WriteFence): Connection;
  /** Returns the same connection, except that the server stores none of its writes: a dry run. */
  trying(): Connection;
  /** Returns the same connection, except that its writes share a budget with all others that use it. */
  budgeted(budget: ApiWriteBudget): Connection;
  /**
   * Returns a connection to the same server whose every call carries this bearer token, and nothing of our own identity.
   * The caller closes it.
   */
  withToken(token: string): Connection;
  close(): void;
}

/**
 * Finds the cluster: the given server, else the given kubeconfig, else the service account of the pod, else the
 * kubeconfig that kubectl would use. Sends no request yet.
 *
 * @throws TransportError CREDENTIALS when there is none
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const found = await findCredentials(options);
  const { as, asGroups = [] } = options;
  if (as === undefined && asGroups.length > 0)
    throw new TransportError('CREDENTIALS', false, '--as-group needs --as: groups are those of a user');
  const credentials = as === undefined ? found : impersonate(found, as, asGroups);
  const serverClock = new ServerClock();
  const onDate = serverClock.note.bind(serverClock);
  const transport = openTransport(credentials, { onDate, ...options.transport });
  return toConnection({
    server: credentials.server,
    namespace: options.namespace ?? credentials.namespace,
    transport,
    serverClock,
    withToken: token => connectAs(credentials, token, options.transport),
  });
}

async function findCredentials(options: ConnectOptions): Promise<Credentials> {
  const { server, kubeconfig, context, env = process.env } = options;
  if (server !== undefined) return openServer(server);
  const isInPod = env.KUBERNETES_SERVICE_HOST !== undefined && env.KUBERNETES_SERVICE_PORT !== undefined;
  if (kubeconfig === undefined && context === undefined && (env.KUBECONFIG ?? '') === '' && isInPod)
    return inCluster({ env });
  return fromKubeConfig({ files: kubeconfig, context, env });
}

function connectAs(credentials: Credentials, token: string, transport: TransportOptions | undefined): Connection {
  const own = withBearerToken(credentials, token);
  const serverClock = new ServerClock();
  return toConnection({
    server: own.server,
    namespace: own.namespace,
    transport: openTransport(own, transport),
    serverClock,
    withToken: other => connectAs(credentials, other, transport),
  });
}

function toConnection(
  to: Pick<Connection, 'server' | 'namespace' | 'transport' | 'serverClock' | 'withToken'>,
): Connection {
  const { transport } = to;
  return {
    ...to,
    resource: kind => new Resource(transport, kind),
    budgeted: budget => toConnection({ ...to, transport: budgetWrites(transport, budget) }),
    trying: () => toConnection({ ...to, transport: tryWrites(transport) }),
    fenced: fence => toConnection({ ...to, transport: fenceWrites(transport, fence) }),
    close: () => transport.close(),
  };
}
