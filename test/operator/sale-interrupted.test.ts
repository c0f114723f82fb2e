import { afterEach, describe, expect, test } from 'vitest';
import type { SalePlan } from '../../src/api/sale-plan.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

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

const slip = { entryPoints: ['gatewya'] };
const edit = (spec: object) => shop.patch(stored.sales, 'sneaker-drop', { spec });

describe('a sale that is edited', () => {
  test('from ForecastOnly to Apply and then damaged stays raised', async () => {
    await openSale();
    await edit({ mode: 'ForecastOnly', expectedPeakPercent: 600 });
    await shop.moveTo(start - minutes(7));
    await edit({ mode: 'Apply' });
    await shop.moveTo(start + minutes(2));
    const raised = live()?.minReplicas ?? 0;
    expect(raised).toBeGreaterThan(30);
    await edit(slip);
    await shop.moveTo(start + minutes(4));
    expect(live()?.minReplicas).toBeGreaterThanOrEqual(raised);
  });

  test('is remembered as it was at the start', async () => {
    await openSale();
    await edit({ discountPercent: 30 });
    await shop.moveTo(start + minutes(2));
    await edit({ discountPercent: 70 });
    await shop.moveTo(start + minutes(3));
    expect(shop.salePlans()[0]?.spec.sale.spec.discountPercent).toBeUndefined();
    expect(shop.salePlans()[0]?.status?.edits?.map(({ spec }) => spec.discountPercent)).toEqual([30, 70]);
  });

  test.each([
    ['cancelled', { cancelled: true }],
    ['ended early', { endTime: new Date(start + minutes(5)).toISOString() }],
  ])('and damaged and %s by the same hand is restored within two minutes', async (_what, ending) => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    expect(live()?.floor).toBeDefined();
    await edit({ ...slip, ...ending });
    await shop.moveTo(start + minutes(7));
    expect(live()?.minReplicas).toBe(4);
  });

  test('to begin two hours later and then damaged is not raised at its old time', async () => {
    await openSale();
    const later = [start, end].map(time => new Date(time + minutes(120)).toISOString());
    await edit({ startTime: later[0], endTime: later[1] });
    await shop.moveTo(start - minutes(5));
    await edit(slip);
    await shop.moveTo(start + minutes(10));
    expect(shop.salePlans()).toHaveLength(2);
    expect(live()?.minReplicas ?? 4).toBe(4);
  });
});
