import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { askAtOnce, type MetricSource, MetricSourceError, type PieceAnswer, readInPieces } from './metric-source.ts';
import { describePartial } from './partial-answer.ts';
import { PieceSize } from './piece-size.ts';
import { type AskForm, createAskForm, refuseAddress } from './prometheus-form.ts';
import type { RangeQuery } from './range-query.ts';
import { type JsonAnswer, readJson } from './read-json.ts';
import { refusedSize } from './refused-size.ts';
import { requestedRest } from './requested-rest.ts';
import { secretFile, sourceUrl, timeoutSeconds } from './source-settings.ts';

/** Prometheus, Thanos, Mimir or VictoriaMetrics as a source in the operator's settings. */
export const prometheusSettings = z.strictObject({
  type: z.literal('prometheus'),
  /** Up to and without `/api/v1`; arguments go behind the path of every question, as `?deny_partial_response=1`. */
  url: sourceUrl.superRefine((text, context) => {
    const message = refuseAddress(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  }),
  /** A file with a bearer token, read anew for each question. @default none */
  tokenFile: secretFile.optional(),
  /** The tenant, sent as X-Scope-OrgID (Thanos, Mimir). @default none */
  tenant: z.string().min(1).max(150).optional(),
  /** @default 10 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type PrometheusOptions = Readonly<Omit<z.output<typeof prometheusSettings>, 'type'>>;

/** Maximum steps per query: Prometheus refuses more than 11,000 points per series. */
const maxStepsPerQuery = 10_000;
const maxBytes = 32 * 1024 * 1024;

/**
 * Creates a source that reads demand by Prometheus' `query_range`. A sample at t belongs to the step that ends at t.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export function prometheusSource(options: PrometheusOptions): MetricSource {
  const size = new PieceSize(maxStepsPerQuery);
  const form = createAskForm(options.url);
  return {
    type: 'prometheus',
    readRange: (query, signal, { ask = askAtOnce, onPiece } = {}) =>
      readInPieces(query, {
        size,
        onPiece,
        readPiece: piece => ask(() => readPiece({ options, form }, piece, signal)),
      }),
  };
}

async function readPiece(
  { options, form }: { readonly options: PrometheusOptions; readonly form: AskForm },
  piece: RangeQuery,
  signal?: AbortSignal,
): Promise<PieceAnswer> {
  const stepMs = piece.stepSeconds * 1000;
  const firstSample = piece.start + stepMs;
  const parameters = {
    query: piece.query,
    start: String(firstSample / 1000),
    end: String(piece.end / 1000),
    step: String(piece.stepSeconds),
  };
  const credentials = await authorization(options);
  const answer = await form.send(parameters, ({ url, headers, body }) =>
    readJson(
      {
        url,
        headers: { ...headers, ...credentials },
        body,
        timeoutSeconds: options.timeoutSeconds ?? 10,
        maxBytes,
      },
      signal,
    ),
  );
  const samples = parseMatrix(answer, piece.query);
  const values = new Array<number | null>((piece.end - piece.start) / stepMs).fill(null);
  for (const [seconds, text] of samples) {
    const index = Math.round((seconds * 1000 - firstSample) / stepMs);
    if (index >= 0 && index < values.length) values[index] = parseSample(text);
  }
  const rest = requestedRest(answer.headers, Date.now());
  return { values, restSeconds: rest.isUsedUp ? rest.seconds : undefined };
}

async function authorization({ tokenFile, tenant }: PrometheusOptions): Promise<Record<string, string>> {
  const token = tokenFile === undefined ? undefined : await readToken(tokenFile);
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
  };
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new MetricSourceError('Unauthorized', `the token file ${file} cannot be read.`, { cause });
  }
}

type Sample = readonly [seconds: number, value: string];

/** One series of a matrix; native histograms come beside the values or instead of them. */
interface MatrixSeries {
  readonly values?: readonly Sample[];
  readonly histograms?: readonly unknown[];
}

function parseMatrix(answer: JsonAnswer, query: string): readonly Sample[] {
  const body = answer.body as {
    status?: string;
    error?: unknown;
    message?: unknown;
    data?: { resultType?: string; result?: unknown } | null;
  } | null;
  if (answer.status >= 300 || answer.status < 200 || body?.status !== 'success') {
    throw refusal(answer, body?.error ?? body?.message);
  }
  const partial = describePartial(answer.status, answer.headers, answer.body);
  if (partial !== undefined) {
    throw new MetricSourceError(
      'Partial',
      `the store answered ${quote(query)} in part, which is not used: ${partial}.`,
    );
  }
  const result = body.data?.result;
  if (body.data?.resultType !== 'matrix' || !Array.isArray(result)) {
    throw new MetricSourceError('BadAnswer', `the answer to ${quote(query)} is no range of values.`);
  }
  const series = result as readonly (MatrixSeries | undefined)[];
  if (series.some(one => (one?.histograms?.length ?? 0) > 0)) {
    throw new MetricSourceError(
      'BadQuery',
      `${quote(query)} gives native histograms instead of numbers: ask for their count, as with sum(histogram_count(rate(…[1m]))).`,
    );
  }
  if (series.length > 1) {
    throw new MetricSourceError(
      'BadQuery',
      `${quote(query)} gives ${series.length} series: make it one, as with sum(…).`,
    );
  }
  return series[0]?.values ?? [];
}

function refusal({ status, headers }: JsonAnswer, error: unknown): MetricSourceError {
  if (status >= 200 && status < 300 && error === undefined) {
    return new MetricSourceError(
      'BadAnswer',
      'the address answered with JSON that is not of Prometheus’ API: look at its path.',
    );
  }
  const said = typeof error === 'string' && error !== '' ? `${error} (HTTP status ${status})` : `HTTP status ${status}`;
  if (status === 401 || status === 403)
    return new MetricSourceError('Unauthorized', `Prometheus refused the credentials: ${said}.`);
  const refused = refusedSize(status, said);
  if (refused !== undefined)
    return new MetricSourceError('TooLarge', `Prometheus refused the size of the question: ${said}.`, { refused });
  if (status === 429 || status === 503) {
    const { seconds } = requestedRest(headers, Date.now());
    const what = status === 429 ? 'is too busy' : 'cannot answer now';
    return new MetricSourceError('Throttled', `Prometheus ${what}: ${said}.`, { retryAfterSeconds: seconds });
  }
  const reason = status === 400 || status === 422 ? 'BadQuery' : 'BadAnswer';
  return new MetricSourceError(reason, `Prometheus refused the query: ${said}.`);
}

/** Parses a value, which is a string; "NaN" and "+Inf" count as not measured. */
function parseSample(text: unknown): number | null {
  const value = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function quote(query: string): string {
  return `"${query.length > 120 ? `${query.slice(0, 117)}…` : query}"`;
}
