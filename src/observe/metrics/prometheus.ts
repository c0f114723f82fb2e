import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type MetricSource, MetricSourceError, type RangeQuery, readInPieces } from './metric-source.ts';
import { type JsonAnswer, readJson } from './read-json.ts';
import { secretFile, sourceUrl, timeoutSeconds } from './source-settings.ts';

/** Prometheus, Thanos or Mimir as a source in the operator's settings. */
export const prometheusSettings = z.strictObject({
  type: z.literal('prometheus'),
  /** Up to and without `/api/v1`. */
  url: sourceUrl,
  /** A file with a bearer token, read anew for each question. @default none */
  tokenFile: secretFile.optional(),
  /** The tenant, sent as X-Scope-OrgID (Thanos, Mimir). @default none */
  tenant: z.string().min(1).max(150).optional(),
  /** @default 10 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type PrometheusOptions = Readonly<Omit<z.output<typeof prometheusSettings>, 'type'>>;

/** Prometheus refuses more than 11,000 points a series. */
const maxStepsPerQuery = 10_000;
const maxBytes = 32 * 1024 * 1024;

/**
 * Demand from anything that speaks Prometheus' `query_range`. A sample at t belongs to the step that ends at t.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export function prometheusSource(options: PrometheusOptions): MetricSource {
  return {
    type: 'prometheus',
    readRange: (query, signal) => readInPieces(query, maxStepsPerQuery, piece => readPiece(options, piece, signal)),
  };
}

async function readPiece(
  options: PrometheusOptions,
  piece: RangeQuery,
  signal?: AbortSignal,
): Promise<readonly (number | null)[]> {
  const stepMs = piece.stepSeconds * 1000;
  const firstSample = piece.start + stepMs;
  const body = new URLSearchParams({
    query: piece.query,
    start: String(firstSample / 1000),
    end: String(piece.end / 1000),
    step: String(piece.stepSeconds),
  });
  const answer = await readJson(
    {
      url: new URL(`${options.url.replace(/\/+$/, '')}/api/v1/query_range`),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(await authorization(options)) },
      body: body.toString(),
      timeoutSeconds: options.timeoutSeconds ?? 10,
      maxBytes,
    },
    signal,
  );
  const samples = parseMatrix(answer, piece.query);
  const values = new Array<number | null>((piece.end - piece.start) / stepMs).fill(null);
  for (const [seconds, text] of samples) {
    const index = Math.round((seconds * 1000 - firstSample) / stepMs);
    if (index >= 0 && index < values.length) values[index] = parseSample(text);
  }
  return values;
}

async function authorization({ tokenFile, tenant }: PrometheusOptions): Promise<Record<string, string>> {
  const token = tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim();
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
  };
}

type Sample = readonly [seconds: number, value: string];

function parseMatrix(answer: JsonAnswer, query: string): readonly Sample[] {
  const body = answer.body as {
    status?: string;
    error?: string;
    data?: { resultType?: string; result?: unknown };
  } | null;
  if (answer.status !== 200 || body?.status !== 'success') throw refusal(answer, body?.error);
  const result = body.data?.result;
  if (body.data?.resultType !== 'matrix' || !Array.isArray(result)) {
    throw new MetricSourceError('BadAnswer', `the answer to ${quote(query)} is no range of values.`);
  }
  if (result.length > 1) {
    throw new MetricSourceError(
      'BadQuery',
      `${quote(query)} gives ${result.length} series: make it one, as with sum(…).`,
    );
  }
  return (result[0] as { values?: readonly Sample[] } | undefined)?.values ?? [];
}

function refusal({ status, headers }: JsonAnswer, error: string | undefined): MetricSourceError {
  const said = error ?? `HTTP status ${status}`;
  if (status === 401 || status === 403)
    return new MetricSourceError('Unauthorized', `Prometheus refused the credentials: ${said}.`);
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new MetricSourceError(
      'Throttled',
      `Prometheus is too busy: ${said}.`,
      Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {},
    );
  }
  const reason = status === 400 || status === 422 ? 'BadQuery' : 'BadAnswer';
  return new MetricSourceError(reason, `Prometheus refused the query: ${said}.`);
}

/** Values are strings, also "NaN" and "+Inf"; those measure nothing. */
function parseSample(text: unknown): number | null {
  const value = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function quote(query: string): string {
  return `"${query.length > 120 ? `${query.slice(0, 117)}…` : query}"`;
}
