import { describe, expect, test } from 'vitest';
import { connect } from '../../src/kube/connect.ts';
import { readNamespace } from '../../src/observe/read-namespace.ts';
import { type ClusterChange, type ClusterWatch, watchCluster } from '../../src/observe/watch-cluster.ts';
import { json, type Script, scriptedServer, status } from '../kube/scripted-server.ts';
import { flashSale, scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

const meta = (name: string, namespace = 'marketplace') => ({
  name,
  namespace,
  uid: `uid-${name}`,
  resourceVersion: '5',
});
const stored: Readonly<Record<string, readonly object[]>> = {
  flashsales: [
    { ...flashSale({}), metadata: meta('drop') },
    { ...flashSale({ endTime: 'never' }), metadata: meta('bad') },
  ],
  scalingtargets: [{ ...scalingTarget({}), metadata: meta('checkout') }],
  scalingpolicies: [{ ...scalingPolicy({}), metadata: meta('default', 'other') }],
  saleplans: [],
  horizontalpodautoscalers: [
    {
      metadata: meta('checkout'),
      spec: { maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } },
    },
  ],
  deployments: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('checkout'), spec: { replicas: 4 } }],
  statefulsets: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: meta('db'), spec: { replicas: 2 } }],
};

/** Serves what is stored, as lists and as streams; a kind in `broken` is refused. */
function cluster(broken: readonly string[] = [], later: Readonly<Record<string, readonly object[]>> = {}): Script {
  return (asked, response) => {
    const plural = asked.path.split('/').at(-1) ?? '';
    const items = stored[plural] ?? [];
    if (broken.includes(plural)) return status(403, 'Forbidden')(asked, response);
    if (!asked.query.has('watch')) return json(200, { items, metadata: { resourceVersion: '7' } })(asked, response);
    const end = { metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [...items.map(object => ({ type: 'ADDED', object })), { type: 'BOOKMARK', object: end }];
    for (const object of later[plural] ?? []) lines.push({ type: 'MODIFIED', object });
    response.writeHead(200).write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
}

/** managedFields in which somebody owns one field of the spec. */
const written = (field: string) => [{ manager: 'kubectl', fieldsV1: { 'f:spec': { [field]: {} } } }];

async function withCluster<T>(
  use: (parts: Awaited<ReturnType<typeof watching>>) => Promise<T>,
  options: {
    readonly namespaces?: readonly string[];
    readonly broken?: readonly string[];
    readonly later?: Readonly<Record<string, readonly object[]>>;
  } = {},
): Promise<T> {
  await using server = await scriptedServer(cluster(options.broken, options.later));
  const parts = await watching(server.url, options.namespaces ?? []);
  const stop = new AbortController();
  const running = parts.watch.run(stop.signal);
  try {
    return await use({ ...parts, asked: server.asked });
  } finally {
    stop.abort();
    await running;
    parts.connection.close();
  }
}

async function watching(url: string, namespaces: readonly string[]) {
  const connection = await connect({ server: url });
  const changes: ClusterChange[] = [];
  const watch = watchCluster({ connection, namespaces, onChange: change => changes.push(change) });
  return { connection, watch, changes, asked: [] as Awaited<ReturnType<typeof scriptedServer>>['asked'] };
}

/** Also of the kinds that no target refers to. */
const everyKind = (watch: ClusterWatch) => expect.poll(() => watch.stats().every(({ synced }) => synced)).toBe(true);

const soon = () => AbortSignal.timeout(30_000);

describe('the caches of a cluster', () => {
  test('hold each namespace apart, what cannot be read too, and tell every change', async () => {
    await withCluster(async ({ watch, changes }) => {
      expect(watch.synced).toBe(false);
      await watch.whenSynced(soon());
      expect(watch.synced).toBe(true);
      await everyKind(watch);
      expect(watch.namespaces()).toEqual(['marketplace', 'other']);
      const objects = watch.read('marketplace');
      expect(objects.sales.map(sale => ('value' in sale ? sale.value.metadata.name : sale.unreadable.name))).toEqual([
        'drop',
        'bad',
      ]);
      expect(objects).toMatchObject({
        targets: [{ value: { metadata: { name: 'checkout' } } }],
        policies: [],
        autoscalers: [{ scales: { name: 'checkout' }, observation: { maxReplicas: 9 } }],
        workloads: [
          { kind: 'Deployment', replicas: 4 },
          { kind: 'StatefulSet', replicas: 2 },
        ],
      });
      expect(watch.read('other').policies).toMatchObject([{ name: 'default' }]);
      expect(changes).toHaveLength(7);
      expect(changes).toContainEqual({ kind: 'FlashSale', namespace: 'marketplace', name: 'drop', type: 'Added' });
      expect(watch.ageMs('marketplace')).toBeLessThan(30_000);
    });
  });

  test('follow only the namespaces they are told to', async () => {
    await withCluster(
      async ({ watch, asked }) => {
        await everyKind(watch);
        expect(asked).toHaveLength(14);
        expect(asked.map(({ path }) => path)).toContain('/apis/headstart.dev/v1alpha1/namespaces/a/flashsales');
        expect(asked.every(({ path }) => /\/namespaces\/[ab]\//.test(path))).toBe(true);
      },
      { namespaces: ['a', 'b'] },
    );
  });

  test.each([
    ["an HPA's bounds are written", 'horizontalpodautoscalers', { managedFields: written('f:maxReplicas') }, {}, 1],
    ["an HPA's metrics are written", 'horizontalpodautoscalers', { managedFields: written('f:metrics') }, {}, 0],
    ['a workload is switched off', 'deployments', {}, { spec: { replicas: 0 } }, 1],
    ['a workload is scaled', 'deployments', {}, { spec: { replicas: 5 } }, 0],
  ])('when %s tell so, or not', async (_, plural, metadata, parts, told) => {
    const changed = {
      ...stored[plural]?.[0],
      ...parts,
      metadata: { ...meta('checkout'), resourceVersion: '8', ...metadata },
    };
    await withCluster(
      async ({ watch, changes }) => {
        await everyKind(watch);
        await expect.poll(() => watch.stats().some(({ events }) => events > 0)).toBe(true);
        expect(changes.filter(({ type }) => type === 'Modified')).toHaveLength(told);
      },
      { later: { [plural]: [changed] } },
    );
  });

  test('are not synced while one kind may not be read, and say which', async () => {
    await withCluster(
      async ({ watch }) => {
        const failing = () => watch.stats().find(({ failures }) => failures > 0);
        await expect.poll(failing).toMatchObject({
          kind: 'SalePlan',
          synced: false,
          lastFailure: expect.stringContaining('403 Forbidden'),
        });
        expect(watch.synced).toBe(false);
      },
      { broken: ['saleplans'] },
    );
  });

  test('are synced, and current, without StatefulSets that no target refers to', async () => {
    await withCluster(
      async ({ watch }) => {
        await watch.whenSynced(soon());
        expect(watch.synced).toBe(true);
        expect(watch.ageMs('marketplace')).toBeLessThan(30_000);
        expect(watch.stats().find(({ synced }) => !synced)).toMatchObject({ kind: 'StatefulSet' });
      },
      { broken: ['statefulsets'] },
    );
  });

  test('are neither synced nor current without the Deployments that a target refers to, elsewhere they are current', async () => {
    await withCluster(
      async ({ watch }) => {
        await expect(watch.whenSynced(AbortSignal.timeout(1_000))).rejects.toThrow();
        expect(watch.synced).toBe(false);
        expect(watch.ageMs('marketplace')).toBeGreaterThan(90_000);
        await expect.poll(() => watch.ageMs('other')).toBeLessThan(30_000);
      },
      { broken: ['deployments'] },
    );
  });

  test('catch up by a list of every kind', async () => {
    await withCluster(async ({ watch, asked }) => {
      await everyKind(watch);
      await watch.catchUp(soon());
      expect(asked.filter(({ query }) => query.get('limit') === '500')).toHaveLength(7);
    });
  });

  test('hold what a single reading gives', async () => {
    await withCluster(async ({ watch, connection }) => {
      await everyKind(watch);
      expect(await readNamespace(connection, 'marketplace')).toMatchObject({
        sales: watch.read('marketplace').sales,
        workloads: watch.read('marketplace').workloads,
      });
    });
  });
});
