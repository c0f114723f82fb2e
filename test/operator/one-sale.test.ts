import { afterEach, describe, expect, test } from 'vitest';
import type { FlashSaleStatus } from '../../src/api/flash-sale.ts';
import type { Operator } from '../../src/operator/start-operator.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale({ spec = {}, hpa = true, sale = {}, settings = {} } = {}): Promise<Operator> {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]), settings });
  await shop.create(...service('gateway', { spec, hpa }));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end, sale));
  await operator.idle();
  return operator;
}

const raised = () => shop.bounds.filter(({ floor }) => floor !== undefined);
const complaints = () => shop.logged.filter(({ level }) => level === 'error' || level === 'warn');
const written = (url: string) =>
  shop.requests.filter(({ method, url: own }) => method !== 'GET' && own.includes(url) && !isReview(own));
const isReview = (url: string) => url.includes('/authorization.k8s.io/');

describe('one sale', () => {
  test('is planned at once, and its plan has no owner', async () => {
    await openSale();
    const [plan] = shop.salePlans();
    expect(plan).toMatchObject({
      metadata: { name: 'sneaker-drop-20261127-1900', labels: { 'headstart.dev/flash-sale': 'sneaker-drop' } },
      spec: { sale: { name: 'sneaker-drop', spec: { expectedPeakPercent: 600 } } },
      status: { plan: { revision: 1, targets: [{ target: 'gateway' }] } },
    });
    expect(plan?.metadata).not.toHaveProperty('ownerReferences');
    const { status } = shop.get(stored.sales, 'sneaker-drop') as never as { status: FlashSaleStatus };
    expect(status).toMatchObject({ plans: ['sneaker-drop-20261127-1900'], observedGeneration: 1 });
    expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Accepted', status: 'True' }));
  });

  test('is raised before its start, marked first, held, restored after its end, and reviewed', async () => {
    await openSale();
    await shop.moveTo(end + minutes(12));

    const [first] = raised();
    expect(first?.at).toBeLessThanOrEqual(start - 90_000);
    expect(first?.minReplicas).toBeGreaterThanOrEqual(18);
    expect(Number(first?.floor)).toBe(first?.minReplicas);
    for (const { minReplicas, maxReplicas } of shop.bounds) expect(minReplicas).toBeLessThanOrEqual(maxReplicas);
    for (const { minReplicas } of shop.bounds) expect(minReplicas).toBeGreaterThanOrEqual(4);

    const order = shop.requests.filter(({ method }) => method === 'PATCH').map(({ url }) => url.split('?')[0]);
    const marked = order.findIndex(url => url?.endsWith('/scalingtargets/gateway'));
    expect(marked).toBeGreaterThan(-1);
    expect(order.findIndex(url => url?.endsWith('/horizontalpodautoscalers/gateway'))).toBeGreaterThan(marked);

    const lowered = shop.bounds.find(({ at, minReplicas }) => at >= end && minReplicas === 4);
    expect(lowered?.at).toBeLessThanOrEqual(end + 120_000);
    expect(shop.bounds.at(-1)).toMatchObject({
      minReplicas: 4,
      maxReplicas: 20,
      floor: undefined,
      floorMax: undefined,
    });
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers ?? []).toEqual([]);
    expect(shop.salePlans()[0]?.status).toMatchObject({
      timeline: [{ target: 'gateway' }],
      review: { targets: [{ target: 'gateway' }] },
    });
    expect(shop.store.collection('events.events.k8s.io').list('marketplace').length).toBeGreaterThan(2);
    expect(complaints()).toEqual([]);
  });

  test('once restored is never written to again', async () => {
    await openSale();
    await shop.moveTo(end + minutes(12));
    const before = written('/horizontalpodautoscalers/').length;
    await shop.moveTo(end + minutes(30));
    expect(written('/horizontalpodautoscalers/')).toHaveLength(before);
  });

  test('that is watched only, or run dry, changes nothing that scales', async () => {
    await openSale({ sale: { mode: 'ForecastOnly' } });
    await shop.moveTo(start + minutes(3));
    expect(raised()).toEqual([]);
    expect(written('/scalingtargets/gateway?')).toEqual([]);
    await shop.close();

    await openSale({ settings: { dryRun: true } });
    const before = written('').length;
    await shop.moveTo(start + minutes(3));
    expect(written('')).toHaveLength(before);
    expect(raised()).toEqual([]);
  });

  test('raises a workload without an HPA through its scale, and puts it back', async () => {
    await openSale({ hpa: false });
    await shop.moveTo(start);
    const replicas = () =>
      (shop.get(stored.deployments, 'gateway') as never as { spec: { replicas: number } }).spec.replicas;
    expect(replicas()).toBeGreaterThanOrEqual(18);
    expect(shop.get(stored.targets, 'gateway').metadata).toMatchObject({
      finalizers: ['headstart.dev/restore'],
      annotations: { 'headstart.dev/floor': expect.any(String) },
    });
    expect(written('/deployments/gateway?')).toEqual([]);
    await shop.moveTo(end + minutes(12));
    expect(replicas()).toBeLessThanOrEqual(6);
    await shop.moveTo(end + minutes(20));
    expect(replicas()).toBe(4);
    const { metadata } = shop.get(stored.targets, 'gateway');
    expect(metadata.finalizers ?? []).toEqual([]);
    expect(metadata.annotations ?? {}).not.toHaveProperty('headstart.dev/floor');
  });

  test("goes down at the policy's rampDown: a twentieth of the peak a minute, in the sale and after it", async () => {
    await openSale();
    await shop.patch(stored.policies, 'default', { spec: { rampDown: { percentPerMinute: 5 } } });
    await shop.moveTo(end + minutes(20));
    const peak = Math.max(...shop.bounds.map(({ minReplicas }) => minReplicas));
    const lowered = shop.bounds
      .slice(shop.bounds.findIndex(({ minReplicas }) => minReplicas === peak))
      .filter(({ minReplicas }, index, all) => minReplicas !== all[index - 1]?.minReplicas);
    expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, maxReplicas: 20, floor: undefined });
    expect(lowered.filter(({ at, minReplicas }) => at > end && minReplicas > 4).length).toBeGreaterThan(1);
    for (const [index, { at, minReplicas }] of lowered.slice(1).entries()) {
      const before = lowered[index];
      expect((before?.minReplicas ?? 0) - minReplicas).toBeLessThanOrEqual(Math.floor(peak / 20));
      expect(at - (before?.at ?? 0)).toBeGreaterThanOrEqual(minutes(1));
    }
  });
});
