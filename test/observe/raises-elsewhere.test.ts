import { afterEach, describe, expect, test } from 'vitest';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + minutes(20);

let shop: Shop;
afterEach(() => shop.close());

async function openShops(namespaces: readonly string[]) {
  shop = await openShop({ start: start - minutes(30), demand: shopDemand([{ start, end, peak: 6 }]) });
  for (const namespace of namespaces)
    await shop.create(...service('gateway', { namespace }), ...service('search', { namespace }));
  const operator = await shop.operator();
  await operator.whenLeading();
  return operator;
}

const planOf = (namespace: string) =>
  shop.salePlans().find(({ metadata }) => metadata.namespace === namespace)?.status?.plan;
const secondsBefore = (namespace: string) => (start - Date.parse(planOf(namespace)?.prescaleTime ?? '')) / 1000;

describe('sales of several namespaces at one time', () => {
  test('begin earlier than alone, by the raises of the others, also those announced later', async () => {
    const operator = await openShops(['north', 'south', 'west']);
    await shop.create(flashSale('drop', start, end, {}, 'north'));
    await operator.idle();
    await shop.moveTo(shop.clock.now() + 30_000);
    const alone = secondsBefore('north');
    const extra = planOf('north')?.extraReplicas ?? 0;
    // Two raises at 1,000 a second, the HPA's sync, the pods at 20 a second, the lead time, and five minutes for a person.
    expect(alone).toBe(Math.ceil(0.002 + 15 + extra / 20) + 90 + 300);

    await shop.create(flashSale('drop', start, end, {}, 'south'), flashSale('later', start, end, {}, 'west'));
    await operator.idle();
    const together = Math.ceil(0.006 + 15 + (3 * extra) / 20) + 90 + 300;
    await shop.moveTo(start - (together + 5) * 1_000);
    await shop.moveTo(start - (together - 5) * 1_000, 1_000);
    for (const namespace of ['north', 'south', 'west']) {
      const raised = shop.bounds.find(seen => seen.namespace === namespace && seen.floor !== undefined);
      expect((start - (raised?.at ?? 0)) / 1_000).toBe(together);
    }
  });

  test('that are cancelled or far away move nobody', async () => {
    const operator = await openShops(['north', 'south']);
    await shop.create(flashSale('drop', start, end, {}, 'north'));
    await shop.create(flashSale('drop', start, end, { cancelled: true }, 'south'));
    await shop.create(flashSale('tomorrow', start + minutes(1_440), end + minutes(1_440), {}, 'south'));
    await operator.idle();
    await shop.moveTo(shop.clock.now() + 60_000);
    const extra = planOf('north')?.extraReplicas ?? 0;
    expect(secondsBefore('north')).toBe(Math.ceil(0.002 + 15 + extra / 20) + 90 + 300);
  });

  test('are planned the same by an operator that has just started', async () => {
    const operator = await openShops(['north', 'south']);
    for (const namespace of ['north', 'south']) await shop.create(flashSale('drop', start, end, {}, namespace));
    await operator.idle();
    await shop.moveTo(shop.clock.now() + 60_000);
    const before = ['north', 'south'].map(planOf);
    await shop.retire(operator);
    const restarted = await shop.operator();
    await restarted.whenLeading();
    await restarted.idle();
    await shop.moveTo(shop.clock.now() + 60_000);
    expect(['north', 'south'].map(planOf)).toEqual(before);
  });

  test('announced too late tell each target that will be late, where the budget is used up elsewhere', async () => {
    const operator = await openShops(['north', 'south']);
    await shop.moveTo(start - minutes(1.4));
    await shop.create(flashSale('drop', start, end, {}, 'south'), flashSale('drop', start, end, {}, 'north'));
    await operator.idle();
    await shop.moveTo(start - minutes(1));
    const { status } = shop.get(stored.sales, 'drop', 'north') as never as {
      status: { conditions: { type: string; message: string }[] };
    };
    expect(planOf('north')?.risks.join('\n')).toMatch(/Not ready at the start.*gateway \d+ s, search \d+ s late/);
    expect(status.conditions.find(({ type }) => type === 'CapacityReady')).toMatchObject({ status: 'False' });
  });
});
