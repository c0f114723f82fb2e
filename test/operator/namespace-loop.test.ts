import { afterEach, describe, expect, test } from 'vitest';
import { realTiming } from '../../src/kube/timing.ts';
import { NamespaceLoop } from '../../src/operator/namespace-loop.ts';
import type { ReconcileContext } from '../../src/operator/reconcile.ts';
import { Liveness } from '../../src/operator/telemetry/liveness.ts';
import { createMetrics } from '../../src/operator/telemetry/metrics.ts';
import { minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

test('nothing is decided by caches that are stale', async () => {
  const failures: unknown[] = [];
  const read: string[] = [];
  const line = {
    clock: { now: () => start },
    limits: { tickSeconds: 15 },
    watch: { read: (namespace: string) => void read.push(namespace) },
  } as unknown as ReconcileContext;
  const loop = new NamespaceLoop({
    line,
    watch: { namespaces: () => ['marketplace'], ageMs: () => 91_000 },
    log: {
      debug() {},
      info() {},
      warn() {},
      error: (_, facts = {}) => void failures.push(String(Reflect.get(facts, 'error'))),
    },
    metrics: createMetrics(),
    liveness: new Liveness({ tickSeconds: 15, longestReconcileMs: 1000, timing: realTiming }),
  });
  loop.touch('marketplace');
  await loop.idle();
  await loop.stop();
  expect(failures).toEqual([expect.stringContaining('were last known to be current 91 s ago')]);
  expect(read).toEqual([]);
});

describe('after a failure', () => {
  let shop: Shop;
  afterEach(() => shop.close());

  test('the next tick looks again, whatever look was planned and however long the retry waits', async () => {
    shop = await openShop({ start: start - minutes(5), demand: shopDemand([]) });
    await shop.create(...service('gateway'));
    const operator = await shop.operator();
    await operator.whenLeading();
    await operator.idle();
    const writes = () => shop.requests.filter(({ method, url }) => method === 'PATCH' && url.includes('/status'));
    shop.proxyOf(operator).rule(({ method }) => (method === 'PATCH' ? { status: 500 } : 'Pass'));
    await shop.patch(stored.targets, 'gateway', { spec: { ceiling: 200 } });
    for (let tick = 1; tick <= 5; tick += 1) await shop.moveTo(start - minutes(5) + tick * 15_000);
    shop.proxyOf(operator).rule(() => 'Pass');
    const before = writes().length;
    await shop.moveTo(start - minutes(5) + 6 * 15_000);
    expect(writes().length).toBeGreaterThan(before);
  });
});
