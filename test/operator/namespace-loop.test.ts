import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

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

describe('reports that the API server does not answer', () => {
  let shop: Shop;
  let letGo: () => Promise<void> = async () => {};
  afterEach(async () => {
    await letGo();
    await shop.close();
  });

  /** An operator whose reports on the policy hang until `letGo` is called, with one under way. */
  async function openHanging(settings: object = {}) {
    shop = await openShop({ start: start - minutes(5), demand: shopDemand([]) });
    await shop.create(...service('gateway'));
    const operator = await shop.operator({ settings });
    await operator.whenLeading();
    await operator.idle();
    const held = Promise.withResolvers<void>();
    letGo = async () => {
      held.resolve();
      await operator.idle();
    };
    const hung = Promise.withResolvers<void>();
    shop.proxyOf(operator).rule(({ method, url }) => {
      if (method !== 'PATCH' || !url.includes('/scalingpolicies/default/status')) return 'Pass';
      hung.resolve();
      return { holdUntil: held.promise };
    });
    await shop.patch(stored.policies, 'default', { spec: { paused: 'Up' } });
    await hung.promise;
    await shop.patch(stored.policies, 'default', { spec: { paused: 'None' } });
    return operator;
  }

  test('hold up no raise', async () => {
    await openHanging();
    await shop.create(flashSale('drop', start - minutes(4), start + minutes(60)));
    const isRaised = () => shop.bounds.some(({ name, minReplicas }) => name === 'gateway' && minReplicas > 4);
    for (const until = performance.now() + 10_000; !isRaised() && performance.now() < until; ) await delay(20);
    expect(isRaised()).toBe(true);
  });

  test('leave no label of a namespace that is gone when they end', async () => {
    const port = await freePort();
    await openHanging({ listen: { health: 'off', metrics: `127.0.0.1:${port}` } });
    const labelled = async () => {
      const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return page.split('\n').filter(line => line.includes('namespace="marketplace"'));
    };
    expect(await labelled()).not.toEqual([]);
    await shop.delete(stored.targets, 'gateway');
    await shop.delete(stored.policies, 'default');
    await expect.poll(labelled, { timeout: 30_000 }).toEqual([]);
    // The report that ends late brings its labels back, and no tick comes to remove them.
    await letGo();
    expect(await labelled()).toEqual([]);
  });
});
