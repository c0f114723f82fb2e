import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';

const clock = { now: () => Date.parse('2026-11-27T19:00:00Z') };

describe('the API server', () => {
  const store = new ObjectStore({ clock, resources: builtInResources });
  const answered: string[] = [];
  let server: ApiServer;

  beforeAll(async () => {
    server = await startApiServer({
      store,
      clock,
      onAnswered: ({ method, url, userAgent, code }) => answered.push(`${method} ${url} ${code} by ${userAgent}`),
    });
  });
  afterAll(() => server.close());

  test('listens on loopback and shows what controllers write in process', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const metadata = { name: 'checkout', namespace: 'default' };
    store.collection('configmaps').create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    const response = await fetch(`${server.url}/api/v1/namespaces/default/configmaps/checkout`);
    expect(await response.json()).toMatchObject({ kind: 'ConfigMap', metadata });
  });

  test('stamps writes with the time of its clock, not of the wall', async () => {
    const response = await fetch(`${server.url}/api/v1/namespaces`, {
      method: 'POST',
      body: JSON.stringify({ metadata: { name: 'shop' } }),
      headers: { 'content-type': 'application/json', 'user-agent': 'merchandiser/1.0' },
    });
    const { metadata } = (await response.json()) as { metadata: Record<string, unknown> };
    expect(metadata).toMatchObject({
      creationTimestamp: '2026-11-27T19:00:00Z',
      managedFields: [{ manager: 'merchandiser', time: '2026-11-27T19:00:00Z' }],
    });
  });

  test('stores StatefulSets, fills their defaults and scales them', async () => {
    const labels = { app: 'cache' };
    const url = `${server.url}/apis/apps/v1/namespaces/default/statefulsets`;
    const template = { metadata: { labels }, spec: { containers: [{ name: 'cache', image: 'redis' }] } };
    const created = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ metadata: { name: 'cache' }, spec: { selector: { matchLabels: labels }, template } }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await created.json()).toMatchObject({
      spec: {
        replicas: 1,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      },
      status: { availableReplicas: 0, replicas: 0 },
    });
    const scaled = await fetch(`${url}/cache/scale`, {
      method: 'PATCH',
      body: JSON.stringify({ spec: { replicas: 3 } }),
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(await scaled.json()).toMatchObject({ kind: 'Scale', spec: { replicas: 3 } });
  });

  test('tells of every request it has answered', async () => {
    await fetch(`${server.url}/readyz?verbose`, { headers: { 'user-agent': 'probe' } });
    await expect.poll(() => answered).toContain('GET /readyz?verbose 200 by probe');
  });

  test('carries thousands of objects, and tens of thousands of changes to each of several watchers', async () => {
    const configMaps = store.collection('configmaps');
    const watchers = await Promise.all(
      [1, 2, 3].map(() =>
        countLines(`${server.url}/api/v1/configmaps?watch=true&resourceVersion=${store.resourceVersion}`),
      ),
    );
    const before = process.cpuUsage();
    for (let i = 0; i < 4000; i++) {
      const metadata = { name: `many-${i}`, namespace: 'default', labels: { half: i % 2 === 0 ? 'even' : 'odd' } };
      configMaps.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
      if (i % 20 === 0) configMaps.list('default');
    }
    for (let round = 1; round <= 4; round++) {
      for (let i = 0; i < 4000; i++) {
        const metadata = { name: `many-${i}`, namespace: 'default', labels: { round: String(round) } };
        configMaps.update({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
      }
    }
    for (const watcher of watchers) await expect.poll(() => watcher.lines).toBe(20_000);
    const page = await fetch(`${server.url}/api/v1/configmaps?limit=500&labelSelector=round%3D4`);
    const { items } = (await page.json()) as { items: unknown[] };
    expect(items).toHaveLength(500);
    // Seconds of CPU; the bound only tells linear from quadratic.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(20_000);
  });
});

/** Reads an endless answer and counts its lines. */
async function countLines(url: string): Promise<{ readonly lines: number }> {
  const seen = { lines: 0 };
  const { body } = await fetch(url);
  void (async () => {
    for await (const chunk of body ?? []) for (const byte of chunk) if (byte === 10) seen.lines++;
  })().catch(() => undefined);
  return seen;
}
