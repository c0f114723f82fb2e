import { afterEach, describe, expect, test } from 'vitest';
import { type ListeningServer, listenForHealth } from '../../../src/operator/telemetry/health.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';

let server: ListeningServer | undefined;
afterEach(() => server?.close());

describe('health and metrics', () => {
  test('answer by path, and name the paths there are', async () => {
    let ready = false;
    server = await listenForHealth('127.0.0.1:0', [
      { path: '/healthz', answer: () => ({ status: 200, body: 'ok\n' }) },
      { path: '/readyz', answer: () => ({ status: ready ? 200 : 503, body: 'caches\n' }) },
      {
        path: '/broken',
        answer: () => {
          throw new Error('no facts');
        },
      },
    ]);
    const base = `http://127.0.0.1:${server.port}`;
    const status = async (path: string, init?: RequestInit) => (await fetch(base + path, init)).status;
    expect(await status('/healthz?verbose')).toBe(200);
    expect(await status('/readyz')).toBe(503);
    ready = true;
    expect(await status('/readyz')).toBe(200);
    expect(await status('/etc/passwd')).toBe(404);
    expect(await status('/healthz', { method: 'POST' })).toBe(405);
    expect(await status('/broken')).toBe(500);
  });

  test('give Prometheus what it can parse', async () => {
    const metrics = createMetrics();
    metrics.writes.inc({ namespace: 'shop', kind: 'HorizontalPodAutoscaler', part: 'Bounds', outcome: 'Written' });
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'headstart_writes_total{namespace="shop",kind="HorizontalPodAutoscaler",part="Bounds",outcome="Written"} 1',
    );
    expect(text).toMatch(/^# HELP headstart_queue_depth /m);
  });
});
