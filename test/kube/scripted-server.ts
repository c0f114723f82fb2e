import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a scripted server was asked, in order. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request; a script that returns without answering leaves the client waiting. */
export type Script = (asked: Asked, response: ServerResponse) => void;

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Connections ever opened. */
  connections(): number;
}

/** A loopback server whose n-th request is answered by the n-th script, and later ones by the last. */
export async function scriptedServer(...scripts: readonly Script[]): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const chunks: Buffer[] = [];
    const script = scripts[Math.min(asked.length, scripts.length - 1)];
    const entry = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    };
    const at = asked.push({ ...entry, body: '' }) - 1;
    for await (const chunk of request) chunks.push(chunk);
    asked[at] = { ...entry, body: Buffer.concat(chunks).toString('utf8') };
    script?.(asked[at], response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Script {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with a Kubernetes Status. */
export function status(code: number, reason: string, headers: Readonly<Record<string, string>> = {}): Script {
  return json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: reason }, headers);
}

/** Never answers. */
export const silence: Script = () => {};

/** Ends the connection without a word. */
export const hangUp: Script = (_, response) => {
  response.socket?.destroy();
};
