import { afterEach, describe, expect, test } from 'vitest';
import { minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

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
