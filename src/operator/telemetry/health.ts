import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { splitAddress } from '../settings/listen-address.ts';

/** A path and its answer in text; of a request, only the path is read. */
export interface Endpoint {
  readonly path: string;
  readonly answer: () => Promise<EndpointAnswer> | EndpointAnswer;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly body: string;
  /** @default 'text/plain; charset=utf-8' */
  readonly contentType?: string;
}

export interface ListeningServer {
  /** Port in use, also for `:0`. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves GET on the endpoints; everything else is 404 or 405. `address` is host:port or :port.
 *
 * @throws Error when the address is in use or not one of this host
 */
export async function listenForHealth(address: string, endpoints: readonly Endpoint[]): Promise<ListeningServer> {
  const routes = new Map(endpoints.map(endpoint => [endpoint.path, endpoint]));
  const server = createServer(async (request, response) => {
    const { status, body, contentType = 'text/plain; charset=utf-8' } = await answerTo(routes, request);
    response.writeHead(status, { 'content-type': contentType, 'x-content-type-options': 'nosniff' });
    response.end(body);
  });
  server.requestTimeout = 5_000;
  server.headersTimeout = 5_000;
  await listen(server, address);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(
  routes: ReadonlyMap<string, Endpoint>,
  { method, url }: { readonly method?: string | undefined; readonly url?: string | undefined },
): Promise<EndpointAnswer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: 'only GET\n' };
  const endpoint = routes.get((url ?? '/').split('?', 1)[0] ?? '/');
  if (endpoint === undefined) return { status: 404, body: `one of: ${[...routes.keys()].join(' ')}\n` };
  try {
    return await endpoint.answer();
  } catch (error) {
    return { status: 500, body: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function listen(server: Server, address: string): Promise<void> {
  const { host, port } = splitAddress(address);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === '' ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
