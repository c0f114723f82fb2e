import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prometheusSource } from '../../../src/observe/metrics/prometheus.ts';
import { describeMetricSource } from '../../contracts/metric-source.ts';
import { type Reply, startStandIn } from '../../support/metric-stores/metric-store.ts';
import { prometheusDialect as dialect } from '../../support/metric-stores/prometheus-dialect.ts';
import { partial, tooLarge, whole } from '../../support/metric-stores/store-answers.ts';

describeMetricSource('prometheus', dialect, (url, timeoutSeconds) => prometheusSource({ url, timeoutSeconds }), 10_000);

describe('prometheusSource', () => {
  test('sends the token of its file and the tenant', async () => {
    const store = await startStandIn(dialect, () => 1);
    const tokenFile = path.join(mkdtempSync(path.join(tmpdir(), 'headstart-')), 'token');
    writeFileSync(tokenFile, 'secret\n');
    await prometheusSource({ url: `${store.url}/`, tokenFile, tenant: 'shop' }).readRange({
      query: 'q',
      start: 0,
      end: 60_000,
      stepSeconds: 60,
    });
    expect(store.asked[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-scope-orgid': 'shop' });
    await store.close();
  });

  test('reads "NaN" and "+Inf" as not measured', async () => {
    const store = await startStandIn(dialect, at => [Number.NaN, Number.POSITIVE_INFINITY, 3][at / 60_000] ?? null);
    const series = await prometheusSource({ url: store.url }).readRange({
      query: 'q',
      start: 0,
      end: 180_000,
      stepSeconds: 60,
    });
    expect(series.values).toEqual([null, null, 3]);
    await store.close();
  });

  test('says what really happened when nothing answers', async () => {
    const store = await startStandIn(dialect, () => 1);
    await store.close();
    await expect(read(store.url)).rejects.toThrow(/refused the connection: nothing listens on that port/);
    await expect(read('http://127.0.0.1:6000')).rejects.toThrow(/refuse port 6000 \(bad port\)/);
    await expect(read('http://no-such-host.invalid')).rejects.toThrow(
      /no-such-host.invalid (is not known|could not be)/,
    );
  });

  test('says that JSON of something else is not of Prometheus', async () => {
    await withStore(
      () => ({ body: { version: '10.4', database: 'ok' } }),
      store => expect(read(store.url)).rejects.toMatchObject({ reason: 'BadAnswer', message: /look at its path/ }),
    );
  });

  test('names the token file that cannot be read', async () => {
    const source = prometheusSource({ url: 'http://127.0.0.1:1', tokenFile: '/nowhere/token' });
    await expect(source.readRange(minutes(1))).rejects.toMatchObject({
      reason: 'Unauthorized',
      message: 'the token file /nowhere/token cannot be read.',
    });
  });
});

const minute = 60_000;
const minutes = (steps: number, query = 'q') => ({ query, start: 0, end: steps * minute, stepSeconds: 60 });
const read = (url: string) => prometheusSource({ url }).readRange(minutes(1));
const numbers = (steps: number) => Array.from({ length: steps }, (_, step) => step);

/** A store that knows the number of each minute, and what of it `reply` answers otherwise. */
async function withStore(reply: Reply, use: (store: Awaited<ReturnType<typeof startStandIn>>) => Promise<void>) {
  const store = await startStandIn(dialect, at => at / minute);
  store.behave({ kind: 'Reply', reply });
  await use(store);
  await store.close();
}

describe('a part of an answer', () => {
  test('is not asked for', async () => {
    await withStore(
      () => undefined,
      async store => {
        await read(store.url);
        const asked = new URLSearchParams(store.asked[0]?.body);
        expect([asked.get('partial_response'), asked.get('deny_partial_response')]).toEqual(['false', '1']);
      },
    );
  });

  test.each(Object.entries(partial))('is refused: %s', async (_, answer) => {
    await withStore(
      () => answer,
      store =>
        expect(read(store.url)).rejects.toMatchObject({ reason: 'Partial', message: /in part, which is not used/ }),
    );
  });

  test.each(Object.entries(whole))('is no whole one with %s', async (_, remarks) => {
    const answer = {
      body: { ...(dialect.answer({ start: 0, end: minute, stepMs: minute }, () => 7, 1) as object), ...remarks },
    };
    await withStore(
      () => answer,
      async store => expect((await read(store.url)).values).toEqual([7]),
    );
  });

  test('is no empty one of a time that no store of Thanos holds', async () => {
    const body = {
      status: 'success',
      data: { resultType: 'matrix', result: [] },
      warnings: ['No StoreAPIs matched for this query'],
    };
    await withStore(
      () => ({ body }),
      async store => expect((await read(store.url)).values).toEqual([null]),
    );
  });

  test('is not asked for by name of a store that refuses unknown arguments', async () => {
    const refused = {
      status: 400,
      body: { error: { code: 400, message: 'Invalid JSON payload received. Unknown name "partial_response"' } },
    };
    await withStore(
      ({ body }) => (body.includes('partial_response') ? refused : undefined),
      async store => {
        const source = prometheusSource({ url: store.url });
        for (const _ of [1, 2]) expect((await source.readRange(minutes(2))).values).toEqual([0, 1]);
        expect(store.asked).toHaveLength(3);
      },
    );
  });
});

describe('a question too large', () => {
  test.each(Object.entries(tooLarge))('is halved until it is served, and the size kept: %s', async (_, answer) => {
    await withStore(
      ({ steps }) => (steps > 100 ? answer : undefined),
      async store => {
        const source = prometheusSource({ url: store.url });
        expect((await source.readRange(minutes(500))).values).toEqual(numbers(500));
        const refused = store.asked.filter(({ steps }) => steps > 100).length;
        expect(refused).toBeGreaterThan(0);
        expect(refused).toBeLessThan(9);
        store.asked.length = 0;
        expect((await source.readRange(minutes(500))).values).toEqual(numbers(500));
        expect(Math.max(...store.asked.map(({ steps }) => steps))).toBeLessThanOrEqual(100);
      },
    );
  });

  test('is asked for in less at the next look when the store stayed silent, and whole again after twenty pieces', async () => {
    await withStore(
      ({ steps }) => (steps > 100 ? { body: new Promise<never>(() => {}) } : undefined),
      async store => {
        const source = prometheusSource({ url: store.url, timeoutSeconds: 0.3 });
        const look = () => source.readRange(minutes(400));
        for (const _ of [1, 2]) await expect(look()).rejects.toThrow(/did not answer within 0.3 s/);
        expect(store.asked.map(({ steps }) => steps)).toEqual([400, 200]);
        for (const _ of [1, 2, 3, 4, 5]) expect((await look()).values).toEqual(numbers(400));
        expect(store.asked.slice(2).every(({ steps }) => steps === 100)).toBe(true);
        await expect(look()).rejects.toThrow(/did not answer/);
        expect(store.asked.at(-1)?.steps).toBe(400);
      },
    );
  });

  test.each([
    ['a limit on the range holds for the other queries too', 'Cortex: the length of the range', 1],
    ['a limit on samples for its own alone', 'Prometheus: too many samples', 2],
  ])('%s', async (_, kind, refusals) => {
    await withStore(
      ({ steps }) => (steps > 250 ? tooLarge[kind] : undefined),
      async store => {
        const source = prometheusSource({ url: store.url });
        for (const query of ['a', 'b']) await source.readRange(minutes(500, query));
        expect(store.asked.filter(({ steps }) => steps > 250)).toHaveLength(refusals);
      },
    );
  });

  test('is refused for good when one step is too much, and asked whole the next time', async () => {
    await withStore(
      () => tooLarge['Prometheus: too many samples'],
      async store => {
        const source = prometheusSource({ url: store.url });
        await expect(source.readRange(minutes(8))).rejects.toMatchObject({ reason: 'TooLarge' });
        expect(store.asked.map(({ steps }) => steps)).toEqual([8, 4, 2, 1]);
        await expect(source.readRange(minutes(8))).rejects.toThrow(/refused the size of the question/);
        expect(store.asked[4]?.steps).toBe(8);
      },
    );
  });

  test.each([
    // VictoriaMetrics 1.148.0, of a query without its closing bracket.
    [
      422,
      'error when executing query="sum(load" on the time range (start=1, end=2, step=60000): argList: unexpected token',
    ],
    // Prometheus 2.42.0.
    [422, 'found duplicate series for the match group {} on the right hand-side of the operation'],
    [400, 'invalid parameter "query": 1:5: parse error: unexpected identifier "limit_exceeded_samples"'],
    // grafana/mimir 25bb13e: no range makes a query's text shorter.
    [400, 'the raw query size in bytes exceeds the limit (query size: 9000, limit: 4096)'],
  ])('is not what a refused query is: %i %s', async (status, error) => {
    await withStore(
      () => ({ status, body: { status: 'error', errorType: 'execution', error } }),
      async store => {
        await expect(prometheusSource({ url: store.url }).readRange(minutes(500))).rejects.toMatchObject({
          reason: 'BadQuery',
        });
        expect(store.asked).toHaveLength(1);
      },
    );
  });
});

describe('the form of a question', () => {
  test.each([403, 404, 405, 501])('is a GET where a POST is answered %i, from then on', async status => {
    await withStore(
      ({ method }) => (method === 'POST' ? { status, body: 'no' } : undefined),
      async store => {
        const source = prometheusSource({ url: `${store.url}/prometheus/?tenant=shop` });
        for (const _ of [1, 2]) expect((await source.readRange(minutes(2))).values).toEqual([0, 1]);
        expect(store.asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
        expect(store.asked[2]?.path).toMatch(/^\/prometheus\/api\/v1\/query_range\?tenant=shop&.*\bquery=q\b/);
      },
    );
  });

  test('stays a POST where the credentials are refused both ways', async () => {
    await withStore(
      () => ({ status: 403, body: 'no' }),
      async store => {
        await expect(read(store.url)).rejects.toMatchObject({ reason: 'Unauthorized' });
        expect(store.asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
      },
    );
  });

  test.each([
    ['/?deny_partial_response=1&extra_label=env%3Dprod', '/api/v1/query_range?extra_label=env%3Dprod'],
    ['/select/0/prometheus?nocache=1', '/select/0/prometheus/api/v1/query_range?nocache=1'],
    ['/api/v1/', '/api/v1/query_range'],
    ['/mimir/api/v1/query_range', '/mimir/api/v1/query_range'],
  ])('keeps the arguments of the address %s behind the path', async (address, path) => {
    await withStore(
      () => undefined,
      async store => {
        expect((await read(`${store.url}${address}`)).values).toEqual([0]);
        expect(store.asked[0]?.path).toBe(path);
      },
    );
  });
});

test.each([
  ['alone', [{ metric: {}, histograms: [[60, { count: '5', sum: '2', buckets: [[0, '0', '1', '5']] }]] }]],
  ['beside numbers', [{ metric: {}, values: [[60, '1']], histograms: [[120, { count: '5', sum: '2' }]] }]],
  ['in several series', [1, 2].map(() => ({ metric: {}, histograms: [[60, { count: '5', sum: '2' }]] }))],
])('native histograms %s are refused by a sentence that says how to count them', async (_, result) => {
  await withStore(
    () => ({ body: { status: 'success', data: { resultType: 'matrix', result } } }),
    store => expect(read(store.url)).rejects.toMatchObject({ reason: 'BadQuery', message: /histogram_count/ }),
  );
});
