import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../api/clock.ts';
import { serveCustomResources } from '../kinds/custom-resources.ts';
import { keepNamespaces } from '../kinds/namespace-lifecycle.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { qualifiedName, StatusError } from '../objects/status-error.ts';
import { formatTime } from '../objects/stored-object.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { asksForTable, parseIncludeObject, toTable } from '../tables/table.ts';
import type { ApiContext } from '../write/api-context.ts';
import { answerAccessReview } from './access-reviews.ts';
import { answerRequest, type ResourceRequest } from './answer-request.ts';
import { type ApiAnswer, type ApiRequest, readRequest } from './api-request.ts';
import { discover } from './discovery.ts';
import { parseListOptions } from './list-options.ts';
import { describeOpenApi } from './open-api.ts';
import { parseResourcePath } from './request-path.ts';
import { streamWatch } from './watch-stream.ts';

interface ApiServerOptions {
  readonly store: ObjectStore;
  /** The time in objects that are written; watches use real time. */
  readonly clock: Pick<Clock, 'now'>;
  /** The time in the `Date` header of answers, epoch ms. @default the machine's clock */
  readonly wallMs?: () => number;
  /** Called after each request has been answered. */
  readonly onAnswered?: (answered: Answered) => void;
}

/** A request as an audit log records it. */
export interface Answered {
  readonly method: string;
  /** The path and the query. */
  readonly url: string;
  readonly userAgent: string;
  readonly code: number;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string;
  /** Ends all watches and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves a store as a Kubernetes API on a free loopback port: discovery, all verbs, watch, server-side apply, and the
 * kinds of each CustomResourceDefinition that is created. Needs no authentication.
 *
 * @example
 * const store = new ObjectStore({ clock, resources: builtInResources });
 * const server = await startApiServer({ store, clock });
 * await fetch(`${server.url}/apis/apps/v1/namespaces/default/deployments`);
 * await server.close();
 */
export async function startApiServer({ store, clock, wallMs, onAnswered }: ApiServerOptions): Promise<ApiServer> {
  const context: ApiContext = { store, now: () => formatTime(clock.now()) };
  const stops = [keepNamespaces(store), serveCustomResources(store)];
  const server = createServer((message, response) => {
    if (wallMs !== undefined) response.setHeader('Date', new Date(wallMs()).toUTCString());
    response.once('finish', () => {
      const { method = '', url = '', headers } = message;
      onAnswered?.({ method, url, userAgent: headers['user-agent'] ?? '', code: response.statusCode });
    });
    void answer(context, message, response);
  });
  // Never close idle connections: a request that is just being sent would be lost.
  server.keepAliveTimeout = 0;
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const stop of stops) stop();
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(context: ApiContext, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(message);
    const parsed = resourceRequest(context, request, warnings => warnOf(response, warnings));
    if (parsed === undefined) send(response, answerElsewhere(context, request));
    else if (isWatch(parsed)) watch(parsed, response);
    else send(response, answerRequest(parsed));
  } catch (error) {
    if (response.headersSent) response.destroy();
    else send(response, refusal(error));
  }
}

/** Parses which resource a request is for; undefined when it is for none, or for one that is not served. */
function resourceRequest(
  context: ApiContext,
  request: ApiRequest,
  warn: ResourceRequest['warn'],
): ResourceRequest | undefined {
  const path = parseResourcePath(request.pathname);
  if (path === undefined || !context.store.has(qualifiedName(path))) return undefined;
  const collection = context.store.collection(qualifiedName(path));
  const { version, namespaced } = collection.definition;
  if (version !== path.version || (!namespaced && path.namespace !== undefined)) return undefined;
  if (namespaced && path.namespace === undefined && path.name !== undefined) return undefined;
  return { context, collection, path, request, warn };
}

function answerElsewhere({ store }: ApiContext, request: ApiRequest): ApiAnswer {
  const { pathname, method } = request;
  const reviewed = answerAccessReview(request);
  if (reviewed !== undefined) return reviewed;
  const found = method === 'GET' ? (discover(pathname, store) ?? describeOpenApi(pathname, store)) : undefined;
  if (found !== undefined) return { code: 200, body: found };
  if (['/readyz', '/livez', '/healthz'].includes(pathname)) return { code: 200, body: 'ok', contentType: 'text/plain' };
  return { code: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' };
}

function isWatch({ request, path }: ResourceRequest): boolean {
  const flag = request.query.get('watch');
  return request.method === 'GET' && path.name === undefined && flag !== null && !['false', '0'].includes(flag);
}

function watch({ context, collection, path, request }: ResourceRequest, response: ServerResponse): void {
  const options = parseListOptions(request.query, collection.definition);
  const newest = () => context.store.resourceVersion;
  const include = asksForTable(request.accept) ? parseIncludeObject(request.query) : undefined;
  const asTable = (object: KubeObject, hasHeaders: boolean) => {
    const { resourceVersion = '' } = object.metadata;
    const now = Date.parse(context.now());
    return toTable(collection.definition, [object], {
      metadata: { resourceVersion },
      include: include ?? 'Metadata',
      now,
      hasHeaders,
    });
  };
  streamWatch({
    collection,
    namespace: path.namespace,
    options,
    newest,
    response,
    ...(include === undefined ? {} : { toTable: asTable }),
  });
}

function refusal(error: unknown): ApiAnswer {
  if (error instanceof StatusError) return { code: error.code, body: error.toStatus() };
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 500, body: new StatusError(500, 'InternalError', message).toStatus() };
}

function warnOf(response: ServerResponse, warnings: readonly string[]): void {
  for (const warning of warnings) response.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
}

function send(response: ServerResponse, { code, body, contentType }: ApiAnswer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(code, {
    'content-type': contentType ?? 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
