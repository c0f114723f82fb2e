import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { datadogSource } from '../../../src/observe/metrics/datadog.ts';
import { describeMetricSource } from '../../contracts/metric-source.ts';
import { type Dialect, startStandIn } from '../../support/shop/metric-store.ts';

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
