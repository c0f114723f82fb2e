import { describe, expect, test } from 'vitest';
import { realTiming } from '../../src/kube/timing.ts';
import { everyKind, soon, withCluster } from '../support/shop/watched-cluster.ts';

describe('the caches', () => {
  test('of one namespace are read although another may not be read', async () => {
    await withCluster(
      async ({ watch }) => {
        await watch.whenRead('a', soon());
        expect(watch.read('a').doubts).toEqual([]);
        expect(watch.read('b').doubts).toHaveLength(5);
        expect(watch.synced).toBe(false);
      },
      { namespaces: ['a', 'b'], broken: ['b'] },
    );
  });

  test('are waited for until the patience ends, and named from then on', async () => {
    await withCluster(
      async ({ watch }) => {
        const started = performance.now();
        await watch.whenRead('marketplace', soon());
        expect(performance.now() - started).toBeGreaterThan(200);
        expect(watch.read('marketplace').doubts).toEqual([{ kind: 'SalePlan', state: 'Unread' }]);
        await watch.whenRead(undefined, soon());
        await expect(watch.whenRead('marketplace', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
      },
      { broken: ['saleplans'], patienceMs: 300 },
    );
  });

  test('that were confirmed 90 s ago are stale, each by its own age', async () => {
    let now = 0;
    const timing = { ...realTiming, monotonicMs: () => now };
    await withCluster(
      async ({ watch }) => {
        await everyKind(watch);
        now = 90_001;
        expect(watch.read('marketplace').doubts).toContainEqual({ kind: 'FlashSale', state: 'Stale' });
        await watch.catchUp(soon());
        expect(watch.read('marketplace').doubts).toEqual([]);
      },
      { timing },
    );
  });
});
