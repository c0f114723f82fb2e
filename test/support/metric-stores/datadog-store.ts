import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { datadogSource } from '../../../src/observe/metrics/datadog.ts';
import { type Asked, type Dialect, type Reply, startStandIn } from './metric-store.ts';

/** v2 timeseries: one shared sparse list of times at the start of each step, `to` exclusive, interval in ms. */
export const dialect: Dialect = {
  parse(body) {
    const { from, to, interval } = JSON.parse(body).data.attributes;
    return { start: from, end: to, stepMs: interval };
  },
  answer: ({ start, end, stepMs }, demand, series) => timeseries(start, end, stepMs, demand, series),
  refuse: status => ({ errors: [`refused with ${status}`] }),
};

/** An answer of Datadog's v2 timeseries. */
export function timeseries(
  start: number,
  end: number,
  stepMs: number,
  demand: (at: number) => number | null,
  series: number,
) {
  const times: number[] = [];
  for (let at = start; at < end; at += stepMs) times.push(at);
  return {
    data: {
      id: '0',
      type: 'timeseries_response',
      attributes: {
        series: Array.from({ length: series }, () => ({ group_tags: [], query_index: 0, unit: [] })),
        times: series === 0 ? [] : times,
        values: Array.from({ length: series }, () => times.map(demand)),
      },
    },
  };
}

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-'));
const apiKeyFile = path.join(folder, 'api-key');
const applicationKeyFile = path.join(folder, 'application-key');
writeFileSync(apiKeyFile, 'api\n');
writeFileSync(applicationKeyFile, 'application\n');

/** A Datadog source with keys of its own files. */
export const createDatadog = (url: string, timeoutSeconds: number) =>
  datadogSource({ url, apiKeyFile, applicationKeyFile, timeoutSeconds });

/** The queries of one question, in its order. */
export const queriesOf = ({ body }: Asked): readonly string[] =>
  JSON.parse(body).data.attributes.queries.map(({ query }: { query: string }) => query);

/** The number in a query's name, which the stand-in answers with. */
export const numberOf = (query: string) => Number(query.replace(/\D/g, ''));

/** Answers every query of a question by its number, in the shape of Datadog's v2 timeseries. */
export function answerAll(question: Asked, series = (query: string) => [numberOf(query)]) {
  const times = Array.from({ length: question.steps }, (_, step) => question.start + step * 60_000);
  const found = queriesOf(question).flatMap((query, query_index) =>
    series(query).map(value => ({ query_index, value })),
  );
  return {
    body: {
      data: {
        type: 'timeseries_response',
        attributes: {
          series: found.map(({ query_index }) => ({ group_tags: [], query_index, unit: [] })),
          times,
          values: found.map(({ value }) => times.map(() => value)),
        },
      },
    },
  };
}

/** Lets a test read from a stand-in of Datadog that answers by `reply`. */
export async function withDatadog(
  reply: Reply,
  use: (
    read: (query: string, from?: number) => Promise<number | null | undefined>,
    asked: readonly Asked[],
  ) => Promise<void>,
) {
  const store = await startStandIn(dialect, () => 1);
  store.behave({ kind: 'Reply', reply });
  const source = createDatadog(store.url, 5);
  const read = async (query: string, from = 0) =>
    (await source.readRange({ query, start: from, end: 600_000, stepSeconds: 60 })).values.at(-1);
  await use(read, store.asked);
  await store.close();
}
