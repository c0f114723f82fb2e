import { afterEach, expect, test } from 'vitest';
import type { ScalingTarget } from '../../src/api/scaling-target.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

test('the raise of a sale is measured by its pods, and kept in the status of its target', async () => {
  shop = await openShop({ start: start - minutes(15), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(...service('gateway', { spec: { leadTimeSeconds: 90 } }));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end, {}));
  await operator.idle();
  await shop.moveTo(start + minutes(5));

  const { status } = shop.get(stored.targets, 'gateway') as never as { status: ScalingTarget['status'] };
  const raised = shop.bounds.find(({ floor }) => floor !== undefined);
  const measured = status?.scaleUps?.find(({ added }) => added >= 14);
  expect(measured).toMatchObject({ workload: 'gateway', neededNodes: false });
  // The HPA follows within a sync, and the watch shows what is ready within a tick.
  expect(Date.parse(measured?.at ?? '') - (raised?.at ?? 0)).toBeLessThanOrEqual(30_000);
  expect(measured?.seconds).toBeGreaterThan(0);
  expect(measured?.seconds).toBeLessThanOrEqual(90);
  expect(status?.measuredLeadTimeSeconds).toBeGreaterThanOrEqual(90);
});
