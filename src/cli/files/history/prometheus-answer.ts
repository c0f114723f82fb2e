import { z } from 'zod';
import { ownValue } from '../../../api/names/own-value.ts';
import { describePartial } from '../../../observe/metrics/partial-answer.ts';
import type { HistoryRow, NamedRows } from './history-rows.ts';

const sample = z.tuple([z.number(), z.string()]);
const rangeSchema = z.looseObject({
  status: z.string().default('success'),
  error: z.string().optional(),
  data: z
    .looseObject({
      resultType: z.string(),
      result: z.array(
        z.looseObject({
          metric: z.record(z.string(), z.string()),
          values: z.array(sample).default([]),
          histograms: z.array(z.unknown()).default([]),
        }),
      ),
    })
    .optional(),
});

/** Tells whether a text is JSON rather than a table. */
export function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/**
 * Parses the answer of Prometheus to a range query, as `curl …/api/v1/query_range` saves it: one series for each of its
 * results, named by the labels in which they differ.
 *
 * @throws Error when it is other JSON, the answer to an instant query, or says that the query failed
 */
export function parsePrometheusAnswer(file: string, text: string): readonly NamedRows[] {
  const answer = parseJson(file, text);
  const parsed = rangeSchema.safeParse(answer);
  if (!parsed.success || (parsed.data.data === undefined && parsed.data.error === undefined))
    throw new Error(
      `${file} is JSON and no answer of Prometheus to a range query: save that of /api/v1/query_range, or CSV`,
    );
  const { status, error, data } = parsed.data;
  if (status !== 'success' || data === undefined)
    throw new Error(`${file} is the answer to a query that failed: ${error ?? status}`);
  if (data.resultType !== 'matrix')
    throw new Error(`${file} holds a ${data.resultType}: ask /api/v1/query_range, which answers a matrix`);
  const partial = describePartial(200, new Headers(), answer);
  if (partial !== undefined) throw new Error(`${file} is an answer of only a part of the store: ${partial}: ask again`);
  if (data.result.length === 0) throw new Error(`${file} has no series: the query found nothing`);
  if (data.result.every(({ values, histograms }) => values.length === 0 && histograms.length > 0))
    throw new Error(`${file} holds native histograms: ask for their number, as sum(histogram_count(rate(…[1m])))`);
  const differ = differingLabels(data.result.map(({ metric }) => metric));
  return data.result.map(({ metric, values }, index) => ({
    column: ownValue(metric, '__name__') ?? '',
    name: data.result.length === 1 ? undefined : differ.map(label => ownValue(metric, label) ?? '').join(' '),
    rows: values.map(([seconds, value], i): HistoryRow => {
      const number = Number(value);
      return {
        at: Math.round(seconds * 1000),
        value: Number.isFinite(number) ? number : null,
        where: `${file}: value ${i + 1} of result ${index + 1}`,
        isInfinite: /inf/i.test(value),
      };
    }),
  }));
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** The first label that is different in each series, else all that differ in any. */
function differingLabels(metrics: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const labels = [...new Set(metrics.flatMap(metric => Object.keys(metric)))];
  const countOf = (label: string) => new Set(metrics.map(metric => ownValue(metric, label))).size;
  const telling = labels.find(label => countOf(label) === metrics.length);
  return telling === undefined ? labels.filter(label => countOf(label) > 1) : [telling];
}
