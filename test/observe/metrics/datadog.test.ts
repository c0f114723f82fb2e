import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { datadogSource } from '../../../src/observe/metrics/datadog.ts';
import { describeMetricSource } from '../../contracts/metric-source.ts';
import { type Asked, type Dialect, type Reply, startStandIn } from '../../support/shop/metric-store.ts';

/** v2 timeseries: one shared sparse list of times at the start of each step, `to` exclusive, interval in ms. */
const dialect: Dialect = {
  parse(body) {
    const { from, to, interval } = JSON.parse(body).data.attributes;
    return { start: from, end: to, stepMs: interval };
  },
  answer: ({ start, end, stepMs }, demand, series) => timeseries(start, end, stepMs, demand, series),
  refuse: status => ({ errors: [`refused with ${status}`] }),
};

function timeseries(start: number, end: number, stepMs: number, demand: (at: number) => number | null, series: number) {
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

const create = (url: string, timeoutSeconds: number) =>
  datadogSource({ url, apiKeyFile, applicationKeyFile, timeoutSeconds });

describeMetricSource('datadog', dialect, create, 1_500);

describe('datadogSource', () => {
  test('sends both keys of their files', async () => {
    const store = await startStandIn(dialect, () => 1);
    await create(store.url, 5).readRange({ query: 'q', start: 0, end: 60_000, stepSeconds: 60 });
    expect(store.asked[0]?.headers).toMatchObject({ 'dd-api-key': 'api', 'dd-application-key': 'application' });
    await store.close();
  });

  test('refuses an answer whose interval was raised without a word', async () => {
    const coarse: Dialect = {
      ...dialect,
      answer: ({ start, end }, demand) => timeseries(start, end, 300_000, demand, 1),
    };
    const store = await startStandIn(coarse, () => 1);
    const read = create(store.url, 5).readRange({ query: 'q', start: 0, end: 3_600_000, stepSeconds: 60 });
    await expect(read).rejects.toThrow(/every 300 s instead of the asked 60 s/);
    await store.close();
  });

  test('says how long Datadog wants to be left alone', async () => {
    const store = await startStandIn(dialect, () => 1);
    store.behave({ kind: 'Status', status: 429, headers: { 'x-ratelimit-reset': '7' } });
    const read = create(store.url, 5).readRange({ query: 'q', start: 0, end: 60_000, stepSeconds: 60 });
    await expect(read).rejects.toMatchObject({ reason: 'Throttled', retryAfterSeconds: 7 });
    await store.close();
  });
});

/** What the stand-in knows of a query: its number, times its minute. */
const queriesOf = ({ body }: Asked): readonly string[] =>
  JSON.parse(body).data.attributes.queries.map(({ query }: { query: string }) => query);
const numberOf = (query: string) => Number(query.replace(/\D/g, ''));

/** Answers every query of a question by its number, in the shape of Datadog's v2 timeseries. */
function answerAll(question: Asked, series = (query: string) => [numberOf(query)]) {
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

async function withDatadog(
  reply: Reply,
  use: (
    read: (query: string, from?: number) => Promise<number | null | undefined>,
    asked: readonly Asked[],
  ) => Promise<void>,
) {
  const store = await startStandIn(dialect, () => 1);
  store.behave({ kind: 'Reply', reply });
  const source = create(store.url, 5);
  const read = async (query: string, from = 0) =>
    (await source.readRange({ query, start: from, end: 600_000, stepSeconds: 60 })).values.at(-1);
  await use(read, store.asked);
  await store.close();
}

const queries = (count: number) => Array.from({ length: count }, (_, index) => `sum:q${index + 1}{*}`);

describe('what several targets ask Datadog at once', () => {
  test('goes in one question, of different ranges too', async () => {
    await withDatadog(
      question => answerAll(question),
      async (read, asked) => {
        const values = await Promise.all(
          queries(12).map((query, index) => read(query, index * 30_000 - (index % 2) * 30_000)),
        );
        expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        expect(asked).toHaveLength(1);
      },
    );
  });

  test('goes in as many as hold twenty each', async () => {
    await withDatadog(
      question => answerAll(question),
      async (read, asked) => {
        await Promise.all(queries(45).map(query => read(query)));
        // The questions go out at once and arrive in any order.
        const sizes = asked.map(question => queriesOf(question).length);
        expect(sizes.toSorted((one, other) => other - one)).toEqual([20, 20, 5]);
      },
    );
  });

  test.each<[string, Reply, RegExp]>([
    [
      'that is refused',
      question =>
        queriesOf(question).some(query => query.includes('q2{'))
          ? { status: 400, body: { errors: ['Rule unparsable: q2'] } }
          : answerAll(question),
      /Rule unparsable/,
    ],
    [
      'that gives two series',
      question => answerAll(question, query => (numberOf(query) === 2 ? [2, 3] : [numberOf(query)])),
      /gives 2 series/,
    ],
  ])('is not spoilt by a query %s, which is asked for alone from then on', async (_, reply, told) => {
    await withDatadog(reply, async (read, asked) => {
      for (const _ of [1, 2]) {
        const [first, second, third] = await Promise.allSettled(queries(3).map(query => read(query)));
        expect([first, third]).toMatchObject([{ value: 1 }, { value: 3 }]);
        expect(second).toMatchObject({ reason: { reason: 'BadQuery', message: told } });
      }
      expect(
        asked
          .slice(-2)
          .map(question => queriesOf(question).length)
          .sort(),
      ).toEqual([1, 2]);
    });
  });

  test('is cut in two when it is too much for one question', async () => {
    await withDatadog(
      question =>
        queriesOf(question).length > 3
          ? { status: 422, body: { errors: ['The query exceeded the maximum number of series per request'] } }
          : answerAll(question),
      async (read, asked) => {
        expect(await Promise.all(queries(8).map(query => read(query)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        const before = asked.length;
        await Promise.all(queries(8).map(query => read(query)));
        expect(asked.slice(before).map(question => queriesOf(question).length)).toEqual([2, 2, 2, 2]);
      },
    );
  });

  test('is refused to all when Datadog is too busy, by one question', async () => {
    await withDatadog(
      () => ({ status: 429, headers: { 'x-ratelimit-reset': '300' }, body: { errors: ['Rate limit exceeded'] } }),
      async (read, asked) => {
        const refused = await Promise.allSettled(queries(5).map(query => read(query)));
        expect(refused.map(one => 'reason' in one && one.reason.retryAfterSeconds)).toEqual([300, 300, 300, 300, 300]);
        expect(asked).toHaveLength(1);
      },
    );
  });
});

test.each([
  ['warnings', { warnings: [{ code: 'partial', title: 'Not all shards answered' }] }, /Not all shards answered/],
  ['a status that is not done', { status: 'timeout' }, /status timeout/],
])('an answer of Datadog with %s is a part, and refused', async (_, meta, told) => {
  await withDatadog(
    question => ({ body: { ...answerAll(question).body, meta } }),
    read => expect(read('sum:q1{*}')).rejects.toMatchObject({ reason: 'Partial', message: told }),
  );
});

test('a range too large for Datadog is halved until it is served', async () => {
  await withDatadog(
    question =>
      question.steps > 4
        ? { status: 400, body: { errors: ['The time range exceeds the maximum'] } }
        : answerAll(question),
    async (read, asked) => {
      expect(await read('sum:q7{*}')).toBe(7);
      expect(asked.map(({ steps }) => steps)).toEqual([10, 5, 2, 2, 2, 2, 2]);
    },
  );
});
