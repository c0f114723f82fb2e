import { afterEach, expect, test } from 'vitest';
import { wallClock } from '../../src/cli/wall-clock.ts';
import { restoreAll } from '../../src/operator/restore-all.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

test('puts the minimum back at once, whatever rampDown and pauses say, and whoever leads no more', async () => {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  const operator = await announceSale(shop, start, end);
  await shop.patch(stored.policies, 'default', { spec: { rampDown: { percentPerMinute: 5 }, paused: 'Down' } });
  await shop.moveTo(start + minutes(1));
  expect(shop.bounds.at(-1)?.floor).toBeDefined();
  await shop.patch(stored.targets, 'gateway', { spec: { paused: 'Both' } });
  await shop.kill(operator);
  await restoreAll({ connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false });
  expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, floor: undefined });
});
