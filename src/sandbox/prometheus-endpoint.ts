import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../api/clock.ts';

/** A series of the endpoint, identified by the exact query for it. */
export interface QueryableSeries {
  readonly query: string;
  /** Seconds over which the query's `rate(…[…])` averages. */
  readonly windowSeconds: number;
  /** The mean over [from, until), epoch ms; null where nothing was scraped. */
  mean(from: number, until: number): number | null;
}

export interface PrometheusEndpoint {
  readonly url: string;
  /** Every query so far, oldest first; tests use it to show that no query asked for the future. */
  readonly asked: readonly AskedQuery[];
  close(): Promise<void>;
}

export interface AskedQuery {
  readonly query: string;
  /** Epoch ms. */
  readonly end: number;
  /** The sandbox's time of the query, epoch ms. */
  readonly at: number;
}

const mostPoints = 11_000;
const mostBytes = 1024 * 1024;

/**
 * Serves the part of Prometheus' HTTP API that reading demand needs: `query_range` and `query`, by GET and form-encoded
 * POST. No sample lies after the clock's now.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export async function startPrometheusEndpoint(
  series: readonly QueryableSeries[],
  clock: Pick<Clock, 'now'>,
): Promise<PrometheusEndpoint> {
  const asked: AskedQuery[] = [];
  const server = createServer((request, response) => {
    answer(request, { series, now: clock.now(), asked }).then(
      body => send(response, 200, { status: 'success', data: body }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        send(response, 400, { status: 'error', errorType: 'bad_data', error: message });
      },
    );
  });
  // Never close idle connections: a request that is just being sent would be lost.
  server.keepAliveTimeout = 0;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Context {
  readonly series: readonly QueryableSeries[];
  readonly now: number;
  readonly asked: AskedQuery[];
}

async function answer(request: IncomingMessage, context: Context): Promise<object> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const asked = new URLSearchParams(request.method === 'POST' ? await readBody(request) : url.search);
  if (url.pathname === '/api/v1/query_range') return answerRange(asked, context);
  if (url.pathname === '/api/v1/query') return answerInstant(asked, context);
  throw new Error(`the sandbox answers /api/v1/query_range and /api/v1/query, not ${url.pathname}`);
}

function answerRange(input: URLSearchParams, { series, now, asked }: Context): object {
  const query = input.get('query') ?? '';
  const [start, end] = [parseTime(input, 'start'), parseTime(input, 'end')];
  const step = parseStep(input);
  if (end < start) throw new Error('end timestamp must not be before start time');
  if ((end - start) / step > mostPoints) {
    throw new Error(
      `exceeded maximum resolution of ${mostPoints} points per timeseries. Try decreasing the query resolution (?step=XX)`,
    );
  }
  asked.push({ query, end, at: now });
  const known = series.find(one => one.query === query);
  const values: [number, string][] = [];
  for (let t = start; known !== undefined && t <= Math.min(end, now); t += step) {
    const value = known.mean(t - known.windowSeconds * 1000, t);
    if (value !== null) values.push([t / 1000, String(value)]);
  }
  return { resultType: 'matrix', result: values.length === 0 ? [] : [{ metric: {}, values }] };
}

function answerInstant(input: URLSearchParams, { series, now, asked }: Context): object {
  const query = input.get('query') ?? '';
  const t = input.has('time') ? parseTime(input, 'time') : now;
  asked.push({ query, end: t, at: now });
  const known = series.find(one => one.query === query);
  const value = known === undefined || t > now ? null : known.mean(t - known.windowSeconds * 1000, t);
  return { resultType: 'vector', result: value === null ? [] : [{ metric: {}, value: [t / 1000, String(value)] }] };
}

/** Parses Unix seconds or RFC 3339. @returns epoch ms */
function parseTime(input: URLSearchParams, parameter: string): number {
  const text = input.get(parameter) ?? '';
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time))
    throw new Error(`invalid parameter "${parameter}": cannot parse "${text}" to a valid timestamp`);
  return time;
}

/** Parses seconds, or a duration such as `15s` or `1m`. @returns ms */
function parseStep(input: URLSearchParams): number {
  const text = input.get('step') ?? '';
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|h|d)?$/.exec(text) ?? [];
  const ms = Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? 1) * 1000;
  if (!(ms > 0)) throw new Error(`invalid parameter "step": cannot parse "${text}" to a valid duration above zero`);
  return ms;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new Error('the request body is larger than 1 MiB');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
