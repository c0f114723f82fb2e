import { MetricSourceError } from './metric-source.ts';
import type { BatchAnswer, BatchQuestion } from './question-batch.ts';
import type { JsonAnswer } from './read-json.ts';

/**
 * Series of one answer: one shared sparse list of times and one list of values per series; each series names the
 * formula it answers.
 */
interface Timeseries {
  readonly data?: {
    readonly attributes?: {
      readonly times?: readonly number[];
      readonly series?: readonly { readonly query_index?: number }[];
      readonly values?: readonly (readonly (number | null)[])[];
    };
  } | null;
  readonly errors?: unknown;
  readonly meta?: { readonly status?: unknown; readonly warnings?: unknown } | null;
}

/**
 * Parses Datadog's answer to each query of a batch. Refuses an interval larger than asked for, an answer with warnings,
 * and a status that is not `done`.
 *
 * @throws MetricSourceError when there is no answer or it is not whole
 */
export function parseTimeseries(answer: JsonAnswer, question: BatchQuestion): BatchAnswer['answers'] {
  const body = (answer.body ?? {}) as Timeseries;
  const named = question.queries.map(query => `"${query}"`).join(', ');
  if (body.errors !== undefined)
    throw new MetricSourceError('BadQuery', `Datadog refused the query: ${[body.errors].flat().join('; ')}.`);
  const partial = partialOf(body);
  if (partial !== undefined) {
    throw new MetricSourceError('Partial', `Datadog answered ${named} in part, which is not used: ${partial}.`);
  }
  const { times, values, series } = body.data?.attributes ?? {};
  if (times === undefined || values === undefined) {
    throw new MetricSourceError('BadAnswer', `Datadog's answer to ${named} is no series.`);
  }
  return question.queries.map((_, index) => {
    const own = values.filter((_, at) => (series?.[at]?.query_index ?? 0) === index);
    return valuesOf({ index, own, times }, question);
  });
}

function partialOf({ meta }: Timeseries): string | undefined {
  const warnings = [meta?.warnings].flat().filter(warning => warning !== undefined && warning !== null);
  if (warnings.length > 0) return warnings.map(one => (typeof one === 'string' ? one : JSON.stringify(one))).join('; ');
  const { status } = meta ?? {};
  return status === undefined || status === null || status === 'done' || status === 'ok'
    ? undefined
    : `status ${String(status)}`;
}

function valuesOf(
  found: {
    readonly index: number;
    readonly own: readonly (readonly (number | null)[])[];
    readonly times: readonly number[];
  },
  { queries, start, end, stepSeconds }: BatchQuestion,
): (number | null)[] | MetricSourceError {
  const { own, times, index } = found;
  const query = queries[index] ?? '';
  if (own.length > 1) {
    return new MetricSourceError('BadQuery', `"${query}" gives ${own.length} series: make it one, without "by {…}".`);
  }
  const measured = (at: number) => typeof own[0]?.[at] === 'number';
  const ownTimes = queries.length === 1 ? times : times.filter((_, at) => measured(at));
  const coarse = refuseInterval(ownTimes, stepSeconds, query);
  if (coarse !== undefined) return coarse;
  const stepMs = stepSeconds * 1000;
  const values = new Array<number | null>((end - start) / stepMs).fill(null);
  for (const [at, time] of times.entries()) {
    const value = own[0]?.[at];
    const step = (time - start) / stepMs;
    if (step >= 0 && step < values.length && typeof value === 'number' && Number.isFinite(value)) values[step] = value;
  }
  return values;
}

/**
 * Returns an error when points lie off the step or all on a coarser grid, which means that Datadog raised the interval;
 * gaps alone do not.
 */
function refuseInterval(times: readonly number[], stepSeconds: number, query: string): MetricSourceError | undefined {
  const stepMs = stepSeconds * 1000;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const finest = Math.min(...gaps);
  const coarser = gaps.length >= 2 && finest > stepMs && gaps.every(gap => gap % finest === 0);
  if (!coarser && times.every(time => time % stepMs === 0)) return undefined;
  return new MetricSourceError(
    'BadAnswer',
    `Datadog answered "${query}" every ${finest / 1000} s instead of the asked ${stepSeconds} s: add .rollup(avg, ${stepSeconds}) to it or raise stepSeconds.`,
  );
}
