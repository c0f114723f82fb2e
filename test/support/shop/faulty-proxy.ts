import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request on its way: `Pass`; `Cut` before it arrives; `Lose` the answer after it was applied; answer with a
 * status of its own without passing it on.
 */
export type Fate = 'Pass' | 'Cut' | 'Lose' | { readonly status: number; readonly body?: string };

export interface RoadRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/** A road to a server on which requests can be cut, lost or answered by a stranger. */
export interface FaultyRoad {
  readonly url: string;
  /** Decides each request's fate from now on. */
  rule(fateOf: (request: RoadRequest) => Fate): void;
  /** Cuts what is under way and everything after it. */
  cut(): void;
  close(): Promise<void>;
}

export async function openFaultyRoad(server: string): Promise<FaultyRoad> {
  const agent = new http.Agent({ keepAlive: true });
  let fateOf: (request: RoadRequest) => Fate = () => 'Pass';
  const road = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    const fate = fateOf({ method, url });
    if (fate === 'Cut') return void request.socket.destroy();
    if (typeof fate === 'object') return void response.writeHead(fate.status).end(fate.body ?? '');
    forward({ server, agent, request, response, loses: fate === 'Lose' });
  });
  await new Promise<void>(resolve => road.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(road.address() as AddressInfo).port}`,
    rule: next => {
      fateOf = next;
    },
    cut() {
      fateOf = () => 'Cut';
      road.closeAllConnections();
    },
    close: () => {
      agent.destroy();
      road.closeAllConnections();
      return new Promise(resolve => road.close(() => resolve()));
    },
  };
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
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    },
  );
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
