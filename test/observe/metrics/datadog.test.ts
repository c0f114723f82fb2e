import { describe, expect, test } from 'vitest';
import { describeMetricSource } from '../../contracts/metric-source.ts';
import {
  answerAll,
  createDatadog,
  dialect,
  timeseries,
  withDatadog,
} from '../../support/metric-stores/datadog-store.ts';
import { type Dialect, startStandIn } from '../../support/metric-stores/metric-store.ts';

describeMetricSource('datadog', dialect, createDatadog, 1_500);

describe('datadogSource', () => {
  test('sends both keys of their files', async () => {
    const store = await startStandIn(dialect, () => 1);
    await createDatadog(store.url, 5).readRange({ query: 'q', start: 0, end: 60_000, stepSeconds: 60 });
    expect(store.asked[0]?.headers).toMatchObject({ 'dd-api-key': 'api', 'dd-application-key': 'application' });
    await store.close();
  });

  test('refuses an answer whose interval was raised without a word', async () => {
    const coarse: Dialect = {
      ...dialect,
      answer: ({ start, end }, demand) => timeseries(start, end, 300_000, demand, 1),
    };
    const store = await startStandIn(coarse, () => 1);
    const read = createDatadog(store.url, 5).readRange({ query: 'q', start: 0, end: 3_600_000, stepSeconds: 60 });
    await expect(read).rejects.toThrow(/every 300 s instead of the asked 60 s/);
    await store.close();
  });

  test('says how long Datadog wants to be left alone', async () => {
    const store = await startStandIn(dialect, () => 1);
    store.behave({ kind: 'Status', status: 429, headers: { 'x-ratelimit-reset': '7' } });
    const read = createDatadog(store.url, 5).readRange({ query: 'q', start: 0, end: 60_000, stepSeconds: 60 });
    await expect(read).rejects.toMatchObject({ reason: 'Throttled', retryAfterSeconds: 7 });
    await store.close();
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
