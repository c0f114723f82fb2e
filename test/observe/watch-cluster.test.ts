import { describe, expect, test } from 'vitest';
import { readNamespace } from '../../src/observe/read-namespace.ts';
import { everyKind, soon, storedMeta, withCluster } from '../support/shop/watched-cluster.ts';

/** managedFields in which somebody owns one field of the spec. */
const written = (field: string) => [{ manager: 'kubectl', fieldsV1: { 'f:spec': { [field]: {} } } }];

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
      expect(watch.read('marketplace').doubts).toEqual([]);
    });
  });

  test('follow only the namespaces they are told to', async () => {
    await withCluster(
      async ({ watch, asked }) => {
        await everyKind(watch);
        expect(asked).toHaveLength(18);
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
    const change = { ...parts, metadata: { ...storedMeta('checkout'), resourceVersion: '8', ...metadata } };
    await withCluster(
      async ({ watch, changes }) => {
        await everyKind(watch);
        await expect.poll(() => watch.stats().some(({ events }) => events > 0)).toBe(true);
        expect(changes.filter(({ type }) => type === 'Modified')).toHaveLength(told);
      },
      { later: { [plural]: [change] } },
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
        expect(watch.read('marketplace').doubts).toEqual([]);
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
        expect(watch.read('marketplace').doubts).toEqual([{ kind: 'Deployment', state: 'Unread' }]);
        await expect.poll(() => watch.read('other').doubts).toEqual([]);
      },
      { broken: ['deployments'] },
    );
  });

  test('catch up by a list of every kind, without the kind that is refused', async () => {
    await withCluster(
      async ({ watch }) => {
        await watch.catchUp(soon());
        expect(watch.read('marketplace').targets).toHaveLength(1);
      },
      { broken: ['saleplans'] },
    );
  });

  test('catch up by a list of every kind', async () => {
    await withCluster(async ({ watch, asked }) => {
      await everyKind(watch);
      await watch.catchUp(soon());
      expect(asked.filter(({ query }) => query.get('limit') === '500')).toHaveLength(9);
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
