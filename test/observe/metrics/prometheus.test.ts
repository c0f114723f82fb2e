import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prometheusSource } from '../../../src/observe/metrics/prometheus.ts';
import { describeMetricSource } from '../../contracts/metric-source.ts';
import { startStandIn } from '../../support/shop/metric-store.ts';
import { prometheusDialect as dialect } from '../../support/shop/prometheus-dialect.ts';

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
