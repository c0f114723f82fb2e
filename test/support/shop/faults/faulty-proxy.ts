import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request: `Pass` forwards it; `Cut` ends the connection before it arrives; `Lose` forwards it and
 * drops the answer; a status is answered by the proxy itself, without forwarding; `holdUntil` keeps it in the network
 * until then, and forwards it even when its sender has gone.
 */
export type Fate =
  | 'Pass'
  | 'Cut'
  | 'Lose'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly holdUntil: Promise<void>; readonly onAnswer?: (status: number) => void };

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/** An HTTP proxy to a server that can cut requests, lose answers or answer by itself. */
export interface FaultyProxy {
  readonly url: string;
  /** Decides what happens to each request from now on. */
  rule(fateOf: (request: ProxiedRequest) => Fate): void;
  /** Cuts the requests in progress and all later ones. */
  cut(): void;
  close(): Promise<void>;
}

export async function openFaultyProxy(server: string): Promise<FaultyProxy> {
  const agent = new http.Agent({ keepAlive: true });
  let fateOf: (request: ProxiedRequest) => Fate = () => 'Pass';
  const proxy = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    const fate = fateOf({ method, url });
    if (fate === 'Cut') return void request.socket.destroy();
    if (typeof fate === 'object' && 'holdUntil' in fate) return void hold(server, request, fate);
    if (typeof fate === 'object') return void response.writeHead(fate.status, fate.headers).end(fate.body ?? '');
    forward({ server, agent, request, response, loses: fate === 'Lose' });
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    rule: next => {
      fateOf = next;
    },
    cut() {
      fateOf = () => 'Cut';
      proxy.closeAllConnections();
    },
    close: () => {
      agent.destroy();
      proxy.closeAllConnections();
      return new Promise(resolve => proxy.close(() => resolve()));
    },
  };
}

/** Forwards a request long after its sender gave up; nobody hears the answer but the test. */
async function hold(
  server: string,
  request: IncomingMessage,
  { holdUntil, onAnswer }: { readonly holdUntil: Promise<void>; readonly onAnswer?: (status: number) => void },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  await holdUntil;
  const { method = 'GET', url, headers } = request;
  const answer = await fetch(`${server}${url}`, {
    method,
    headers: { 'Content-Type': headers['content-type'] ?? 'application/json' },
    body: Buffer.concat(chunks),
  });
  onAnswer?.(answer.status);
}

function forward(input: {
  readonly server: string;
  readonly agent: http.Agent;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly loses: boolean;
}): void {
  const { server, agent, request, response, loses } = input;
  const onward = http.request(
    `${server}${request.url}`,
    { method: request.method, headers: request.headers, agent },
    answer => {
      if (loses) {
        answer.resume();
        answer.once('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A watch in a quiet cluster has no body for minutes; its head must not wait for one.
      response.flushHeaders();
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    },
  );
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
