import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prometheusSource } from '../../src/observe/prometheus.ts';
import { describeMetricSource } from '../contracts/metric-source.ts';
import { type Dialect, startStandIn } from '../support/metric-store.ts';

/** `query_range`: a sample at t belongs to the step that ends at t; values are strings. */
const dialect: Dialect = {
  parse(body) {
    const form = new URLSearchParams(body);
    const stepMs = Number(form.get('step')) * 1000;
    return { start: Number(form.get('start')) * 1000 - stepMs, end: Number(form.get('end')) * 1000, stepMs };
  },
  answer({ start, end, stepMs }, demand, series) {
    const values: [number, string][] = [];
    for (let at = start; at < end; at += stepMs) {
      const value = demand(at);
      if (value !== null) values.push([(at + stepMs) / 1000, String(value)]);
    }
    return {
      status: 'success',
      data: { resultType: 'matrix', result: Array.from({ length: series }, () => ({ metric: {}, values })) },
    };
  },
  refuse: status => ({ status: 'error', errorType: 'bad_data', error: `refused with ${status}` }),
};

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
});
