import { afterEach, describe, expect, test } from 'vitest';
import { flashSale, minutes, openShop, type Shop, service, shopDemand } from '../support/shop/sandbox-shop.ts';

describe('an operator whose API server tells it to wait', () => {
  const start = Date.parse('2026-11-27T19:00:00Z');
  const end = start + minutes(20);
  const shops = ['north', 'south', 'west'];
  let shop: Shop;
  afterEach(() => shop.close());

  async function openShops(ahead = 5) {
    shop = await openShop({ start: start - minutes(ahead), demand: shopDemand([{ start, end, peak: 6 }]) });
    for (const namespace of shops) {
      await shop.create(...service('gateway', { namespace }), ...service('search', { namespace }));
      await shop.create(flashSale('sneaker-drop', start, end, {}, namespace));
    }
    const operator = await shop.operator();
    const writes: string[] = [];
    let status: number | undefined;
    let seconds = 30;
    shop.proxyOf(operator).rule(({ method, url }) => {
      if (method === 'GET' || status === undefined) return 'Pass';
      writes.push(`${method} ${url}`);
      return { status, body: 'too many requests', headers: { 'Retry-After': String(seconds) } };
    });
    await operator.whenLeading();
    await operator.idle();
    const refuse = (code: number | undefined, after = 30) => {
      status = code;
      seconds = after;
    };
    return { writes, refuse };
  }

  test('30 s sends no more than was under way, over all namespaces and reconciles, and no reads before it', async () => {
    const { writes, refuse } = await openShops();
    refuse(429);
    await shop.moveTo(start - minutes(1));
    expect(writes.length).toBeGreaterThan(0);
    // The first write of each of six targets may be under way when the first of them is refused.
    expect(writes.length).toBeLessThanOrEqual(6);
    const asked = () => ({
      writes: writes.length,
      reads: shop.requests.filter(({ url }) => url.includes('/horizontalpodautoscalers/')).length,
    });
    const before = asked();
    await shop.moveTo(start + minutes(2));
    expect(asked()).toEqual(before);
    expect(shop.logged.filter(({ message }) => message === 'writes rest')).toHaveLength(1);
  });

  test('a second raises everything once the server answers again', async () => {
    const { writes, refuse } = await openShops(20);
    const floors = () =>
      shops.flatMap(namespace =>
        ['gateway', 'search'].map(
          name => shop.bounds.findLast(seen => seen.namespace === namespace && seen.name === name)?.floor,
        ),
      );
    const plans = shop.salePlans().flatMap(({ status }) => status?.plan?.targets ?? []);
    const first = Math.min(...plans.flatMap(({ steps }) => steps.map(step => Date.parse(step.from))));
    await shop.moveTo(first - minutes(0.25));
    refuse(429, 1);
    await shop.moveTo(first + 1);
    expect(writes.length).toBeGreaterThan(0);
    expect(new Set(floors())).toEqual(new Set([undefined]));
    refuse(undefined);
    await new Promise(resolve => setTimeout(resolve, 1_100));
    await shop.moveTo(first + minutes(1));
    expect(floors()).not.toContain(undefined);
  }, 300_000); // it waits for a second at each write that is refused
});
