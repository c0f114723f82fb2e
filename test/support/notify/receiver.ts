import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A message that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a receiver answers its next messages. */
export type Answer = (response: ServerResponse, received: Received) => void;

/** A receiver of notices on loopback. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** @default status 202 without a body */
  answer: Answer;
  /** Resolves once so many messages have come. */
  whenReceived(count: number): Promise<void>;
}

export const accepts: Answer = response => response.writeHead(202).end();

export const answersWith =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  response =>
    response.writeHead(status, headers).end(body);

/** Starts a receiver that is closed when the test ends. */
export async function startReceiver(answer: Answer = accepts): Promise<Receiver> {
  const receiver = await openReceiver(answer);
  onTestFinished(receiver.close);
  return receiver;
}

/** Starts a receiver; the caller closes it. */
export async function openReceiver(answer: Answer = accepts): Promise<Receiver & { readonly close: () => void }> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url ?? '', headers: request.headers, body };
    received.push(one);
    receiver.answer(response, one);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver & { readonly close: () => void } = {
    close() {
      server.closeAllConnections();
      server.close();
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer,
    whenReceived: count =>
      received.length >= count
        ? Promise.resolve()
        : new Promise(resolve => {
            waiting.push({ count, resolve });
          }),
  };
  return receiver;
}
