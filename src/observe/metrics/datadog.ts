import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseTimeseries } from './datadog-answer.ts';
import { openDatadog } from './datadog-client.ts';
import { askAtOnce, type MetricSource, MetricSourceError, readInPieces } from './metric-source.ts';
import { PieceSize } from './piece-size.ts';
import { type BatchAnswer, type BatchQuestion, batchQuestions } from './question-batch.ts';
import { type JsonAnswer, readJson } from './read-json.ts';
import { refusedSize } from './refused-size.ts';
import { requestedRest } from './requested-rest.ts';
import { secretFile, sourceUrl, timeoutSeconds } from './source-settings.ts';

/** Datadog as a source in the operator's settings. */
export const datadogSettings = z.strictObject({
  type: z.literal('datadog'),
  /** The API's address: `https://api.datadoghq.eu`. */
  url: sourceUrl.refine(
    text => URL.parse(text)?.search === '' && URL.parse(text)?.hash === '',
    'must not have arguments or a fragment: the client writes its own',
  ),
  /** Files, read anew for each question, so that a rotated key needs no restart. */
  apiKeyFile: secretFile,
  applicationKeyFile: secretFile,
  /** @default 15 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type DatadogOptions = Readonly<Omit<z.output<typeof datadogSettings>, 'type'>>;

/**
 * Maximum steps per query: Datadog returns at most 1,500 points per series and silently coarsens the interval beyond.
 */
const maxStepsPerQuery = 1_500;
const maxBytes = 16 * 1024 * 1024;
/** Maximum queries per request: Datadog limits the requests, not the queries in them. */
const maxQueries = 20;
/**
 * Time to collect queries for one request, in ms; the targets of a namespace ask within a few milliseconds of each
 * other.
 */
const companyMs = 20;

/**
 * Creates a source that reads demand from Datadog. A point at t covers [t, t + interval). The default aggregation is the mean, which is how demand
 * is defined. Concurrent queries of several targets are joined into one request.
 *
 * @see https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products
 */
export function datadogSource(options: DatadogOptions): MetricSource {
  const size = new PieceSize(maxStepsPerQuery);
  const askTogether = batchQuestions({
    maxQueries,
    maxSteps: maxStepsPerQuery,
    waitMs: companyMs,
    send: question => sendQuestion(options, question),
  });
  return {
    type: 'datadog',
    async readRange(query, signal, { ask = askAtOnce, onPiece } = {}) {
      return readInPieces(query, {
        size,
        onPiece,
        readPiece: piece => {
          signal?.throwIfAborted();
          return askTogether(piece, ask);
        },
      });
    },
  };
}

async function sendQuestion(options: DatadogOptions, question: BatchQuestion): Promise<BatchAnswer> {
  const access = {
    url: options.url,
    apiKey: await readKey(options.apiKeyFile),
    applicationKey: await readKey(options.applicationKeyFile),
  };
  let raw: JsonAnswer | undefined;
  const { metrics } = await openDatadog(access, async request => {
    raw = await readJson({ ...request, timeoutSeconds: options.timeoutSeconds ?? 15, maxBytes });
    return raw;
  });
  try {
    await metrics.queryTimeseriesData({ body: formulaRequest(question) });
  } catch (error) {
    throw asMetricSourceError(error, raw);
  }
  if (raw === undefined) throw new MetricSourceError('BadAnswer', 'Datadog was not asked.');
  const rest = requestedRest(raw.headers, Date.now());
  return { answers: parseTimeseries(raw, question), restSeconds: rest.isUsedUp ? rest.seconds : undefined };
}

function formulaRequest({ queries, start, end, stepSeconds }: BatchQuestion) {
  return {
    data: {
      type: 'timeseries_request' as const,
      attributes: {
        from: start,
        to: end,
        interval: stepSeconds * 1000,
        formulas: queries.map((_, index) => ({ formula: `demand${index}` })),
        queries: queries.map((query, index) => ({ dataSource: 'metrics' as const, name: `demand${index}`, query })),
      },
    },
  };
}

async function readKey(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new MetricSourceError('Unauthorized', `the Datadog key file ${file} cannot be read.`, { cause });
  }
}

function asMetricSourceError(error: unknown, raw: JsonAnswer | undefined): MetricSourceError {
  if (error instanceof MetricSourceError) return error;
  const said = sayingOf(raw) ?? (error instanceof Error ? error.message : String(error));
  const status = raw?.status ?? 200;
  if (status === 200) {
    return new MetricSourceError('BadAnswer', `Datadog answered with something else than a series: ${said}.`, {
      cause: error,
    });
  }
  const message = `Datadog answered ${status}: ${said}.`;
  if (status === 401 || status === 403) return new MetricSourceError('Unauthorized', message, { cause: error });
  const refused = refusedSize(status, said);
  if (refused !== undefined) return new MetricSourceError('TooLarge', message, { cause: error, refused });
  if (status === 429 || status === 503) {
    const { seconds } = requestedRest(raw?.headers ?? new Headers(), Date.now());
    return new MetricSourceError('Throttled', message, { cause: error, retryAfterSeconds: seconds });
  }
  return new MetricSourceError(status === 400 || status === 422 ? 'BadQuery' : 'BadAnswer', message, { cause: error });
}

/** Returns the message of an error body, which has a list of sentences or one. */
function sayingOf(raw: JsonAnswer | undefined): string | undefined {
  const errors = (raw?.body as { errors?: unknown } | undefined)?.errors;
  const said = [errors].flat().map(one => (typeof one === 'string' ? one : JSON.stringify(one)));
  return errors === undefined ? undefined : said.join('; ');
}
