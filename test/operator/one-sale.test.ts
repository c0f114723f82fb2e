import { afterEach, describe, expect, test } from 'vitest';
import { flashSale, openShop, type Shop, service, shopDemand, stored } from '../support/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:30:00Z');
const minutes = (count: number) => count * 60_000;

let shop: Shop;
afterEach(() => shop.close());

async function openSale() {
  shop = await openShop({ start: start - minutes(10), demand: shopDemand([{ start, end, peak: 8 }]) });
  await shop.create(...service('gateway'));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await shop.moveTo(start - minutes(9));
  return operator;
}

describe('one sale', () => {
  test('is planned at once, and its plan outlives it', async () => {
    await openSale();
    const [plan] = shop.salePlans();
    expect(plan).toMatchObject({
      metadata: { name: 'sneaker-drop-20261127-1900', labels: { 'headstart.dev/flash-sale': 'sneaker-drop' } },
      spec: { sale: { name: 'sneaker-drop', spec: { expectedPeakPercent: 800 } } },
      status: { plan: { revision: 1, targets: [{ target: 'gateway' }] } },
    });
    expect(plan?.metadata).not.toHaveProperty('ownerReferences');
    expect(shop.get(stored.sales, 'sneaker-drop')).toMatchObject({
      status: { plans: ['sneaker-drop-20261127-1900'], peakPercent: expect.any(Number) },
    });
  });

  test('is raised before its start by the lead time, marked first, held, and restored after its end', async () => {
    await openSale();
    await shop.moveTo(end + minutes(20));

    const ours = shop.bounds.filter(({ floor }) => floor !== undefined);
    const [raise] = ours;
    expect(raise?.at).toBeLessThanOrEqual(start - 90_000);
    expect(raise?.minReplicas).toBeGreaterThanOrEqual(24);
    expect(Number(raise?.floor)).toBe(raise?.minReplicas);
    for (const { minReplicas, maxReplicas } of ours) expect(minReplicas).toBeLessThanOrEqual(maxReplicas);

    const marked = shop.requests.findIndex(
      ({ method, url }) => method === 'PATCH' && url.includes('/scalingtargets/gateway?'),
    );
    const raised = shop.requests.findIndex(
      ({ method, url }) => method === 'PATCH' && url.includes('/horizontalpodautoscalers/'),
    );
    expect(marked).toBeGreaterThan(-1);
    expect(raised).toBeGreaterThan(marked);

    const last = shop.bounds.at(-1);
    expect(last).toMatchObject({ minReplicas: 4, maxReplicas: 20 });
    expect(last).not.toHaveProperty('floor', expect.anything());
    const lowered = shop.bounds.find(({ at, minReplicas }) => at >= end && minReplicas === 4);
    expect(lowered?.at).toBeLessThanOrEqual(end + 120_000);
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers ?? []).toEqual([]);
    expect(shop.logged.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});
