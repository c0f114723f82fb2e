import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** A query to the metric store; times in epoch ms. An instant query without `time` asks for now. */
export interface MetricQuery {
  readonly path: string;
  readonly query: string;
  readonly start?: number;
  readonly end?: number;
  readonly receivedAt: number;
}

/** A proxy in front of Prometheus that records every query and can be shut. */
export interface MetricProxy {
  readonly url: string;
  readonly queries: readonly MetricQuery[];
  /** Refuses new connections and cuts open ones. */
  shut(): Promise<void>;
  /** Listens on the same port again. */
  open(): Promise<void>;
}

export async function startMetricProxy(upstream: string): Promise<MetricProxy> {
  const queries: MetricQuery[] = [];
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      queries.push(readQuery(incoming.url ?? '/', body.toString('utf8'), Date.now()));
      const onward = request(new URL(incoming.url ?? '/', upstream), {
        method: incoming.method,
        headers: { ...incoming.headers, host: new URL(upstream).host },
      });
      onward.on('response', answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', error => outgoing.writeHead(502).end(error.message));
      onward.end(body);
    });
  };
  let server = await listen(createServer(forward), 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    queries,
    shut: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    async open() {
      server = await listen(createServer(forward), port);
    },
  };
}

/** Parses a query; its parameters may be in the address or in a form. */
export function readQuery(target: string, form: string, receivedAt: number): MetricQuery {
  const url = new URL(target, 'http://proxy');
  const parameters = new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)]);
  const start = readInstant(parameters.get('start'));
  const end = readInstant(parameters.get('end') ?? parameters.get('time'));
  return {
    path: url.pathname,
    query: parameters.get('query') ?? '',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    receivedAt,
  };
}

/** Parses an instant as Prometheus does: seconds or RFC 3339; returns epoch ms. */
function readInstant(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
