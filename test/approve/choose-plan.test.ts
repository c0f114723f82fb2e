import { afterEach, expect, test } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import { approve } from '../../src/cli/approve.ts';
import type { Operator } from '../../src/operator/start-operator.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const namespace = 'marketplace';
const plan = 'sneaker-drop-20261127-1900';

let shop: Shop;
afterEach(() => shop.close());

async function openAsking(): Promise<Operator> {
  shop = await openShop({
    start: start - minutes(10),
    demand: shopDemand([{ start, end, peak: 6 }]),
    policy: { approval: { aboveExtraReplicas: 2 } },
  });
  return announceSale(shop, start, end);
}

const approveNow = (name = 'sneaker-drop') => approve(shop.connection, { name, namespace }, { now: shop.clock.now() });

test('of a moved sale only the plan at its new time is approved, before it is planned anew none', async () => {
  await openAsking();
  const week = minutes(7 * 24 * 60);
  const moved = { startTime: formatInstant(start + week), endTime: formatInstant(end + week) };
  const [stale] = shop.salePlans();
  await shop.patch(stored.sales, 'sneaker-drop', { spec: moved });
  await shop.moveTo(shop.clock.now() + minutes(1));
  expect(shop.salePlans().map(({ metadata }) => metadata.name)).toContain(stale?.metadata.name);
  await expect(approveNow(plan)).rejects.toThrow(
    `FlashSale sneaker-drop starts at ${moved.startTime} now, so ${plan} is never raised`,
  );
  expect(await approveNow()).toContain('sneaker-drop-20261204-1900 is approved');
  const approvedPlans = shop.salePlans().filter(({ spec }) => spec.approval !== undefined);
  expect(approvedPlans.map(({ metadata }) => metadata.name)).toEqual(['sneaker-drop-20261204-1900']);
});

test('a plan that the operator has not made anew for an edited sale is not approved', async () => {
  const operator = await openAsking();
  await operator.stop();
  const later = formatInstant(end + minutes(30));
  await shop.patch(stored.sales, 'sneaker-drop', { spec: { endTime: later } });
  await expect(approveNow()).rejects.toThrow(`ends at ${later} now, and ${plan} is planned until`);
  await shop.patch(stored.sales, 'sneaker-drop', { spec: { cancelled: true } });
  await expect(approveNow()).rejects.toThrow('FlashSale sneaker-drop is cancelled, so nothing');
  const next = { cancelled: false, startTime: later, endTime: formatInstant(end + minutes(60)) };
  await shop.patch(stored.sales, 'sneaker-drop', { spec: next });
  await expect(approveNow()).rejects.toThrow(`starts at ${later} now, and no SalePlan is made for it yet`);
});
