import { afterEach, describe, expect, test } from 'vitest';
import { announceSale } from '../../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const baseline = { minReplicas: 4, maxReplicas: 20, floor: undefined, floorMax: undefined };

let shop: Shop;
afterEach(() => shop.close());

const live = () => shop.bounds.at(-1);

describe('a target deleted while its restore is paused', () => {
  async function deletePaused() {
    shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
    await announceSale(shop, start, end);
    await shop.moveTo(start + minutes(5));
    await shop.patch(stored.targets, 'gateway', { spec: { paused: 'Down' } });
    await shop.delete(stored.sales, 'sneaker-drop');
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(start + minutes(8));
    expect(live()?.floor).toBeDefined();
  }

  const stalled = () => {
    const { status } = shop.get(stored.targets, 'gateway') as never as {
      status: { conditions: { type: string; status: string; message: string }[] };
    };
    return status.conditions.find(({ type }) => type === 'Stalled');
  };

  test('says so, and is restored and gone once the pause ends', async () => {
    await deletePaused();
    expect(stalled()).toMatchObject({ status: 'True', message: expect.stringContaining('headstart.dev/let-go=true') });
    await shop.patch(stored.targets, 'gateway', { spec: { paused: 'None' } });
    await shop.moveTo(start + minutes(20));
    expect(live()).toMatchObject(baseline);
    expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
  });

  test('goes as it is when its annotation asks for that, and an Event tells it', async () => {
    await deletePaused();
    await shop.patch(stored.targets, 'gateway', { metadata: { annotations: { 'headstart.dev/let-go': 'true' } } });
    await shop.moveTo(start + minutes(9));
    expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
    expect(live()?.floor).toBeDefined();
    const events = shop.store.collection('events.events.k8s.io').list('marketplace');
    expect(events.map(event => JSON.stringify(event)).some(event => event.includes('"LetGo"'))).toBe(true);
  });
});
