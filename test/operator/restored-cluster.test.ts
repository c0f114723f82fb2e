import { afterEach, expect, test } from 'vitest';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale() {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  await announceSale(shop, start, end);
}

const minReplicas = () =>
  (shop.get(stored.hpas, 'gateway') as never as { spec: { minReplicas: number } }).spec.minReplicas;

test('a floor that is lost when the cluster is restored from a backup is raised again, and told', async () => {
  await openSale();
  const restore = shop.store.backup();
  for (let at = 0; at < 300; at += 1)
    shop.store.collection('configmaps').create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'marketplace', name: `filler-${at}` },
    });
  await shop.moveTo(start + minutes(3));
  expect(minReplicas()).toBeGreaterThan(12);
  restore();
  expect(minReplicas()).toBe(4);
  await shop.moveTo(start + minutes(4));
  // What was held by the live bounds is gone with them: planned anew from what is measured now.
  expect(minReplicas()).toBeGreaterThan(12);
  expect(shop.logged).toContainEqual({
    level: 'warn',
    message: 'cluster restored from a backup',
    facts: expect.objectContaining({ kind: 'HorizontalPodAutoscaler', examples: ['marketplace/gateway'] }),
  });

  // Our own writes carry lower versions than those of before: statuses are written all the same.
  const { status } = shop.get(stored.targets, 'gateway') as never as { status: { floor?: number } };
  expect(status.floor).toBeGreaterThan(12);
  await shop.moveTo(end + minutes(12));
  expect(minReplicas()).toBe(4);
});
