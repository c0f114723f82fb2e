import { afterEach, describe, expect, test } from 'vitest';
import { announceSale } from '../../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale() {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  return announceSale(shop, start, end);
}

const live = () => shop.bounds.at(-1);
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
