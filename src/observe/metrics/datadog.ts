import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  type MetricFailure,
  type MetricSource,
  MetricSourceError,
  type RangeQuery,
  readInPieces,
} from './metric-source.ts';
import { readJson } from './read-json.ts';
import { secretFile, sourceUrl, timeoutSeconds } from './source-settings.ts';

/** Datadog as a source in the operator's settings. */
export const datadogSettings = z.strictObject({
  type: z.literal('datadog'),
  /** The API's address: `https://api.datadoghq.eu`. */
  url: sourceUrl,
  /** Files, read anew for each question, so that a rotated key needs no restart. */
  apiKeyFile: secretFile,
  applicationKeyFile: secretFile,
  /** @default 15 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type DatadogOptions = Readonly<Omit<z.output<typeof datadogSettings>, 'type'>>;

/** Datadog gives at most 1,500 points a series and coarsens the interval silently beyond. */
const maxStepsPerQuery = 1_500;
const maxBytes = 16 * 1024 * 1024;

/**
 * Demand from Datadog through its own client, which is imported at the first question only: it costs seconds and 150 MB.
 * A point at t covers [t, t + interval). Its default aggregation is a mean, which is what demand is.
 *
 * @see https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products
 */
export function datadogSource(options: DatadogOptions): MetricSource {
  return {
    type: 'datadog',
    readRange: (query, signal) => readInPieces(query, maxStepsPerQuery, piece => readPiece(options, piece, signal)),
  };
}

async function readPiece(
  options: DatadogOptions,
  piece: RangeQuery,
  signal?: AbortSignal,
): Promise<readonly (number | null)[]> {
  const { client, logger, v2 } = await import('@datadog/datadog-api-client');
  logger.setLevel('silent');
  let resetSeconds: number | undefined;
  const configuration = client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(options.url.replace(/\/+$/, ''), {}),
    authMethods: {
      apiKeyAuth: await readKey(options.apiKeyFile),
      appKeyAuth: await readKey(options.applicationKeyFile),
    },
    enableRetry: false,
    fetch: async (url: string, init: { headers: Record<string, string>; body: string | Uint8Array }) => {
      const answer = await readJson(
        {
          url: new URL(url),
          headers: init.headers,
          body: typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body),
          timeoutSeconds: options.timeoutSeconds ?? 15,
          maxBytes,
        },
        signal,
      );
      resetSeconds = Number(answer.headers.get('x-ratelimit-reset') ?? Number.NaN);
      return Response.json(answer.body ?? {}, { status: answer.status });
    },
  });
  try {
    const answer = await new v2.MetricsApi(configuration).queryTimeseriesData({ body: formulaRequest(piece) });
    return parseAnswer(answer, piece);
  } catch (error) {
    throw asMetricSourceError(error, resetSeconds);
  }
}

function formulaRequest({ query, start, end, stepSeconds }: RangeQuery) {
  return {
    data: {
      type: 'timeseries_request' as const,
      attributes: {
        from: start,
        to: end,
        interval: stepSeconds * 1000,
        formulas: [{ formula: 'demand' }],
        queries: [{ dataSource: 'metrics' as const, name: 'demand', query }],
      },
    },
  };
}

interface FormulaAnswer {
  readonly data?: {
    readonly attributes?: {
      readonly times?: readonly number[];
      readonly values?: readonly (readonly (number | null)[])[];
    };
  };
  readonly errors?: unknown;
}

/** One shared sparse list of times, one list of values a series; a larger interval than asked for is refused, never spread. */
function parseAnswer(
  answer: FormulaAnswer,
  { query, start, end, stepSeconds }: RangeQuery,
): readonly (number | null)[] {
  if (answer.errors !== undefined)
    throw new MetricSourceError('BadQuery', `Datadog refused the query: ${String(answer.errors)}.`);
  const { times, values: series } = answer.data?.attributes ?? {};
  if (times === undefined || series === undefined) {
    throw new MetricSourceError('BadAnswer', `Datadog's answer to "${query}" is no series.`);
  }
  if (series.length > 1) {
    throw new MetricSourceError('BadQuery', `"${query}" gives ${series.length} series: make it one, without "by {…}".`);
  }
  assertAskedInterval(times, stepSeconds, query);
  const stepMs = stepSeconds * 1000;
  const values = new Array<number | null>((end - start) / stepMs).fill(null);
  for (const [index, time] of times.entries()) {
    const value = series[0]?.[index];
    const at = (time - start) / stepMs;
    if (at >= 0 && at < values.length) values[at] = typeof value === 'number' && Number.isFinite(value) ? value : null;
  }
  return values;
}

/** Points off the step, or all on a grid coarser than it, mean that the interval was raised; gaps alone do not. */
function assertAskedInterval(times: readonly number[], stepSeconds: number, query: string): void {
  const stepMs = stepSeconds * 1000;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const finest = Math.min(...gaps);
  const coarser = gaps.length >= 2 && finest > stepMs && gaps.every(gap => gap % finest === 0);
  if (!coarser && times.every(time => time % stepMs === 0)) return;
  throw new MetricSourceError(
    'BadAnswer',
    `Datadog answered "${query}" every ${finest / 1000} s instead of the asked ${stepSeconds} s: add .rollup(avg, ${stepSeconds}) to it or raise stepSeconds.`,
  );
}

async function readKey(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new MetricSourceError('Unauthorized', `the Datadog key file ${file} cannot be read.`, { cause });
  }
}

function asMetricSourceError(error: unknown, resetSeconds: number | undefined): MetricSourceError {
  if (error instanceof MetricSourceError) return error;
  const status = error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  const said = error instanceof Error ? error.message : String(error);
  if (status === undefined)
    return new MetricSourceError('BadAnswer', `Datadog answered with something else than a series: ${said}.`, {
      cause: error,
    });
  const retry = resetSeconds !== undefined && Number.isFinite(resetSeconds) ? { retryAfterSeconds: resetSeconds } : {};
  return new MetricSourceError(failureOf(status), `Datadog answered ${status}: ${said}.`, { cause: error, ...retry });
}

function failureOf(status: number): MetricFailure {
  if (status === 401 || status === 403) return 'Unauthorized';
  if (status === 429 || status === 503) return 'Throttled';
  return status === 400 || status === 422 ? 'BadQuery' : 'BadAnswer';
}
