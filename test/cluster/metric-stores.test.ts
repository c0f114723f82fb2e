import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prometheusSource } from '../../src/observe/metrics/prometheus.ts';
import { buildVictoriaMetrics } from './control-plane/build-control-plane.ts';
import { startPrometheus } from './metrics/start-prometheus.ts';
import { startVictoriaMetrics } from './metrics/start-victoria-metrics.ts';

const minuteMs = 60_000;
const steps = 600;
const end = Math.floor(Date.now() / minuteMs) * minuteMs;
const start = end - steps * minuteMs;
/** Requests per second in each minute. */
const rates = Array.from({ length: steps }, (_, step) => 100 + (step % 60));

/** A real store that holds `rates` and accepts about a hundred steps per query. */
interface Store {
  readonly url: string;
  readonly query: string;
  stop(): Promise<void>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headstart-stores-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  async Prometheus() {
    const rate = { start: start - minuteMs, stepSeconds: 60, values: [100, ...rates] };
    const families = { requests: [{ labels: { service: 'gateway' }, rate }] };
    const { url, stop } = await startPrometheus(folder, families, ['--query.max-samples=400']);
    return { url, stop, query: 'sum(rate(requests_total[2m]))' };
  },
  async VictoriaMetrics() {
    const flags = ['-search.maxPointsPerTimeseries=100', '-search.latencyOffset=0s'];
    const store = await startVictoriaMetrics(await buildVictoriaMetrics(), folder, flags);
    await store.load(rates.map((rate, step) => `requests ${rate} ${start + (step + 1) * minuteMs}`).join('\n'));
    return { ...store, query: 'sum(requests)' };
  },
};

describe.each(Object.entries(stores))('the metric source prometheus against a real %s', (_, open) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  }, 600_000);
  afterAll(() => store.stop());

  const range = (query: string) => ({ query, start: start + 2 * minuteMs, end, stepSeconds: 60 });

  test('reads a range that the store refuses at once, with an argument in the address', async () => {
    const { values } = await prometheusSource({ url: `${store.url}?nocache=1` }).readRange(range(store.query));
    expect(values).toHaveLength(steps - 2);
    for (const value of values.slice(0, -1)) {
      expect(value).toBeGreaterThanOrEqual(50);
      expect(value).toBeLessThanOrEqual(160);
    }
  });

  test('tells a query that is wrong from a range that is too long', async () => {
    await expect(prometheusSource({ url: store.url }).readRange(range('sum('))).rejects.toMatchObject({
      reason: 'BadQuery',
    });
  });

  test('gives gaps where nothing was measured', async () => {
    const { values } = await prometheusSource({ url: store.url }).readRange({
      ...range('nothing'),
      end: start + 5 * minuteMs,
    });
    expect(values).toEqual([null, null, null]);
  });
});
