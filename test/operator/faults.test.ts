import { afterEach, describe, expect, test } from 'vitest';
import type { Operator } from '../../src/operator/start-operator.ts';
import type { ProxiedRequest } from '../support/shop/faults/faulty-proxy.ts';
import { releasedLease } from '../support/shop/released-lease.ts';
import {
  flashSale,
  minutes,
  openShop,
  type SeenBounds,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');
const demand = shopDemand([{ start, end, peak: 6 }]);

let shop: Shop;
afterEach(() => shop.close());

async function openSale(services = ['gateway'], settings: object = {}): Promise<Operator> {
  shop = await openShop({ start: start - minutes(3), demand, settings });
  await shop.create(releasedLease('marketplace'));
  for (const name of services) await shop.create(...service(name));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
  return operator;
}

const isBoundsWrite = ({ method, url }: ProxiedRequest) =>
  method === 'PATCH' && url.includes('/horizontalpodautoscalers/');
const isWrite = ({ method }: ProxiedRequest) => method !== 'GET';
/** Of one service, without the times. */
const steps = (bounds: readonly SeenBounds[], name = 'gateway') =>
  bounds.filter(seen => seen.name === name).map(({ minReplicas, maxReplicas }) => `${minReplicas}..${maxReplicas}`);
const restored = { minReplicas: 4, maxReplicas: 20, floor: undefined, floorMax: undefined };

describe('a target that cannot be written', () => {
  test('keeps no other from being raised, and is told why', async () => {
    const operator = await openSale(['gateway', 'search']);
    shop.proxyOf(operator).rule(({ url, method }) => {
      if (url.includes('/horizontalpodautoscalers/search') && method === 'PATCH')
        return { status: 403, body: 'denied by policy' };
      return 'Pass';
    });
    await shop.moveTo(start);
    expect(shop.bounds.findLast(({ name }) => name === 'gateway')?.floor).toBeDefined();
    expect(shop.bounds.findLast(({ name }) => name === 'search')?.floor).toBeUndefined();
    const { status } = shop.get(stored.targets, 'search') as never as {
      status: { conditions: readonly { type: string }[] };
    };
    expect(status.conditions.find(({ type }) => type === 'BoundsInForce')).toMatchObject({
      status: 'False',
      reason: 'WriteRefused',
      message: expect.stringContaining('denied by policy'),
    });
  });

  test('because it cannot be read keeps no other from being raised and reported', async () => {
    const operator = await openSale(['gateway', 'search']);
    shop
      .proxyOf(operator)
      .rule(({ url }) => (url.includes('/horizontalpodautoscalers/search') ? { status: 500 } : 'Pass'));
    await shop.moveTo(start - minutes(1));
    const raised = shop.bounds.findLast(({ name }) => name === 'gateway');
    expect(raised?.floor).toBeDefined();
    expect(shop.get(stored.targets, 'gateway')).toMatchObject({ status: { floor: raised?.minReplicas } });
  });
});

describe('an answer that is lost after the write was applied', () => {
  test('changes nothing that follows', async () => {
    await openSale();
    await shop.moveTo(end + minutes(1));
    const reference = steps(shop.bounds);
    await shop.close();
    const operator = await openSale();
    let lost = 0;
    shop.proxyOf(operator).rule(request => {
      if (!isBoundsWrite(request) || lost >= 4) return 'Pass';
      lost += 1;
      return 'Lose';
    });
    await shop.moveTo(end + minutes(1));
    expect(lost).toBe(4);
    expect(steps(shop.bounds)).toEqual(reference);
  });
});

describe('an operator that dies', () => {
  test.each([
    ['before its first write of the raise', 0, 'Cut'],
    ['between the mark and the raise', 1, 'Cut'],
    ['after the raise, before it knows', 1, 'Lose'],
    ['between the raise and the record', 2, 'Cut'],
  ] as const)('%s is followed by one that ends the same', async (_, passed, fate) => {
    const operator = await openSale();
    await shop.moveTo(start - minutes(2));
    let count = 0;
    shop.proxyOf(operator).rule(request => {
      if (!isWrite(request)) return 'Pass';
      count += 1;
      if (count <= passed) return 'Pass';
      return count === passed + 1 ? fate : 'Cut';
    });
    const dying = shop.moveTo(start - minutes(1.25)).catch(() => {});
    await dying;
    expect(count).toBeGreaterThan(passed);
    await shop.kill(operator);
    await (await shop.operator()).whenLeading();
    await shop.moveTo(start);
    expect(shop.bounds.at(-1)?.floor).toBeDefined();
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers).toEqual(['headstart.dev/restore']);
    await shop.moveTo(end + minutes(6));
    expect(shop.bounds.at(-1)).toMatchObject(restored);
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers ?? []).toEqual([]);
  });
});

describe('two operators', () => {
  test('have one leader, and the other takes over when it stops', async () => {
    const election = { leaderElection: { enabled: true, namespace: 'marketplace' } };
    const first = await openSale(['gateway'], election);
    const second = await shop.operator({ settings: election });
    expect([first.leading, second.leading]).toEqual([true, false]);
    await shop.moveTo(start);
    expect(shop.bounds.at(-1)?.floor).toBeDefined();
    await shop.retire(first);
    await second.whenLeading();
    expect([first.leading, second.leading]).toEqual([false, true]);
    await second.idle();
    await shop.moveTo(end + minutes(6));
    expect(shop.bounds.at(-1)).toMatchObject(restored);
  });
});
