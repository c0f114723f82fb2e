import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in of a metric store does with the next questions. */
export type StoreBehaviour =
  | { readonly kind: 'Answer' }
  | { readonly kind: 'Empty' }
  | { readonly kind: 'TwoSeries' }
  | { readonly kind: 'Html' }
  | { readonly kind: 'HalfJson' }
  | { readonly kind: 'Redirect'; readonly to: string }
  | { readonly kind: 'Status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'Silent' }
  | { readonly kind: 'Huge' }
  | { readonly kind: 'Reply'; readonly reply: Reply };

/** What one question is answered in place of the numbers; undefined = the numbers. */
export type Reply = (question: Asked) => Answer | undefined;

/** An answer as its store sends it; `body` is written as JSON unless it is a text; of a promise nothing is ever sent. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A demand that a stand-in serves: known at each step's start, epoch ms; null = not measured. */
export type Demand = (stepStart: number) => number | null;

/** A question as it came: the span in epoch ms, end exclusive. */
export interface Asked {
  readonly start: number;
  readonly end: number;
  readonly steps: number;
  readonly headers: IncomingMessage['headers'];
  readonly method: string;
  /** With its arguments. */
  readonly path: string;
  /** Of a form or of the address. */
  readonly body: string;
}

export interface StandIn {
  readonly url: string;
  /** Every question asked, newest last. */
  readonly asked: Asked[];
  behave(behaviour: StoreBehaviour): void;
  close(): Promise<void>;
}

/** A question as every protocol states it. */
export interface Question {
  readonly start: number;
  readonly end: number;
  readonly stepMs: number;
}

/** One store's language: reads its own question, writes its own answer and its own refusal. */
export interface Dialect {
  parse(body: string): Question;
  answer(question: Question, demand: Demand, series: number): unknown;
  refuse(status: number): unknown;
}

/** A server on loopback that speaks `dialect` and misbehaves on request. */
export async function startStandIn(dialect: Dialect, demand: Demand): Promise<StandIn> {
  const asked: StandIn['asked'] = [];
  let behaviour: StoreBehaviour = { kind: 'Answer' };
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const body = method === 'GET' ? path.replace(/^[^?]*\?/, '') : await readBody(request);
    const question = dialect.parse(body);
    const { start, end, stepMs } = question;
    const one = { start, end, steps: (end - start) / stepMs, headers, method, path, body };
    asked.push(one);
    const answer = behaviour.kind === 'Reply' ? behaviour.reply(one) : undefined;
    if (answer === undefined) respond(response, behaviour, dialect, question, demand);
    else send(response, answer);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    behave: next => {
      behaviour = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

function respond(
  response: ServerResponse,
  behaviour: StoreBehaviour,
  dialect: Dialect,
  question: Question,
  demand: Demand,
): void {
  const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  switch (behaviour.kind) {
    case 'Answer':
    case 'Reply':
      return void json(200, dialect.answer(question, demand, 1));
    case 'Empty':
      return void json(200, dialect.answer(question, demand, 0));
    case 'TwoSeries':
      return void json(200, dialect.answer(question, demand, 2));
    case 'Html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
    case 'HalfJson':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"succ');
    case 'Redirect':
      return void response.writeHead(302, { location: behaviour.to }).end();
    case 'Status':
      return void json(behaviour.status, dialect.refuse(behaviour.status), behaviour.headers);
    case 'Silent':
      return;
    case 'Huge':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(40 * 1024 * 1024));
  }
}

function send(response: ServerResponse, { status = 200, headers, body }: Answer): void {
  if (body instanceof Promise) return;
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response
    .writeHead(status, { 'content-type': type, ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
