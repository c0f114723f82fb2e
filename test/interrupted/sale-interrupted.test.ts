import { afterEach, describe, expect, test } from 'vitest';
import type { SalePlan } from '../../src/api/sale-plan.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { flashSale, minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale(options: Partial<Parameters<typeof openShop>[0]> = {}) {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]), ...options });
  return announceSale(shop, start, end);
}

const live = () => shop.bounds.at(-1);
const baseline = { minReplicas: 4, maxReplicas: 20, floor: undefined, floorMax: undefined };
/** What was decided, without the times and the record that a restart may leave a gap in. */
const decided = (plans: readonly SalePlan[]) =>
  plans.map(({ spec, status }) => ({ spec: { ...spec.sale, uid: '' }, plan: status?.plan }));

describe('a sale', () => {
  test('gives the same bytes when the operator is killed and restarted at any time', async () => {
    await openSale();
    await shop.moveTo(end + minutes(12));
    const reference = { bounds: shop.bounds, plans: decided(shop.salePlans()) };
    await shop.close();

    let operator = await openSale();
    for (const at of [
      start - minutes(4),
      start - minutes(1),
      start + minutes(2.5),
      end - minutes(1),
      end + minutes(0.25),
    ]) {
      await shop.moveTo(at);
      await shop.kill(operator);
      operator = await shop.operator();
      await operator.whenLeading();
      await operator.idle();
    }
    await shop.moveTo(end + minutes(12));
    expect(shop.bounds).toEqual(reference.bounds);
    expect(decided(shop.salePlans())).toEqual(reference.plans);
  });

  test('deleted while it runs is restored within two minutes', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    expect(live()?.floor).toBeDefined();
    await shop.delete(stored.sales, 'sneaker-drop');
    await shop.moveTo(start + minutes(7));
    expect(live()?.minReplicas).toBe(4);
    expect(shop.salePlans()).toHaveLength(1);
  });

  test('cancelled while it runs is restored within two minutes', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    await shop.patch(stored.sales, 'sneaker-drop', { spec: { cancelled: true } });
    await shop.moveTo(start + minutes(7));
    expect(live()?.minReplicas).toBe(4);
  });

  test('whose target is deleted while it runs is restored before the target goes', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    await shop.delete(stored.targets, 'gateway');
    expect(shop.find(stored.targets, 'gateway')).toBeDefined();
    await shop.moveTo(end + minutes(12));
    expect(live()).toMatchObject(baseline);
    expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
  });

  test('whose HPA goes while it runs keeps nobody from deleting the target', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    await shop.delete(stored.hpas, 'gateway');
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(end + minutes(12));
    expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
  });

  test('whose namespace goes leaves nothing behind that hangs', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    await shop.deleteNamespace('marketplace');
    await shop.moveTo(end + minutes(2));
    expect(shop.find('namespaces', 'marketplace', '')).toBeUndefined();
  });

  test('stands when its operator dies for good at the start', async () => {
    const operator = await openSale();
    await shop.moveTo(start);
    const raised = live();
    await shop.kill(operator);
    await shop.moveTo(end);
    expect(live()).toEqual(raised);
  });

  test('changed to end later stays raised, and to end earlier is restored', async () => {
    await openSale({ demand: shopDemand([{ start, end: end + minutes(30), peak: 6 }]) });
    await shop.moveTo(start + minutes(5));
    const later = new Date(end + minutes(15)).toISOString();
    await shop.patch(stored.sales, 'sneaker-drop', { spec: { endTime: later } });
    await shop.moveTo(end + minutes(10));
    expect(live()?.floor).toBeDefined();
    const now = new Date(end + minutes(10)).toISOString();
    await shop.patch(stored.sales, 'sneaker-drop', { spec: { endTime: now } });
    await shop.moveTo(end + minutes(12));
    expect(live()?.minReplicas).toBe(4);
  });
});

describe('a sale whose FlashSale is gone', () => {
  const until = start + minutes(40);

  async function openLongSale() {
    shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end: until, peak: 6 }]) });
    const operator = await announceSale(shop, start, until);
    await shop.moveTo(start + minutes(3));
    return operator;
  }

  test('is held for ten minutes where nobody saw it go', async () => {
    const operator = await openLongSale();
    await shop.kill(operator);
    await shop.delete(stored.sales, 'sneaker-drop');
    const successor = await shop.operator();
    await successor.whenLeading();
    await successor.idle();
    await shop.moveTo(start + minutes(11));
    expect(live()?.floor).toBeDefined();
    expect(shop.salePlans()[0]?.status?.conditions).toContainEqual(expect.objectContaining({ reason: 'SaleGone' }));
    await shop.moveTo(start + minutes(16));
    expect(live()?.minReplicas).toBe(4);
  });

  test('stays raised when it is created again within half a minute', async () => {
    await openLongSale();
    const before = shop.bounds.length;
    await shop.delete(stored.sales, 'sneaker-drop');
    await shop.moveTo(start + minutes(3.25));
    await shop.create(flashSale('sneaker-drop', start, until));
    await shop.moveTo(start + minutes(6));
    expect(shop.bounds.slice(before).every(({ floor }) => floor !== undefined)).toBe(true);
    expect(live()?.floor).toBeDefined();
    expect(shop.salePlans()[0]?.status?.saleGoneSince).toBeUndefined();
  });
});
