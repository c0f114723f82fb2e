import { afterEach, describe, expect, test } from 'vitest';
import type { Operator } from '../../src/operator/start-operator.ts';
import type { ProxiedRequest } from '../support/shop/faults/faulty-proxy.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');
const demand = shopDemand([{ start, end, peak: 6 }]);

let shop: Shop;
afterEach(() => shop.close());

/** Starts an operator to which the API server refuses some requests, three minutes before a sale in each namespace. */
async function openRefusing(
  isRefused: (request: ProxiedRequest) => boolean,
  { namespaces, watched = [] }: { readonly namespaces: readonly string[]; readonly watched?: readonly string[] },
): Promise<Operator> {
  shop = await openShop({ start: start - minutes(3), demand, settings: { watchNamespaces: watched } });
  for (const namespace of namespaces) {
    await shop.create(...service('gateway', { namespace }));
    await shop.create(flashSale('drop', start, end, {}, namespace));
  }
  const operator = await shop.operator({
    fate: request => (isRefused(request) ? { status: 403, body: 'no' } : 'Pass'),
    readPatienceMs: 500,
  });
  await operator.whenLeading();
  return operator;
}

const minima = (namespace: string) =>
  shop.bounds.filter(seen => seen.namespace === namespace).map(({ minReplicas }) => minReplicas);

const condition = (type: string) => {
  const { status } = shop.get(stored.targets, 'gateway') as never as {
    status?: { conditions: readonly { type: string }[] };
  };
  return status?.conditions.find(found => found.type === type);
};

describe('an operator', () => {
  test('serves a namespace while it may read nothing of another', async () => {
    await openRefusing(({ url }) => url.includes('/namespaces/b/'), { namespaces: ['a', 'b'], watched: ['a', 'b'] });
    await shop.moveTo(end + minutes(2), 30_000);
    expect(Math.max(...minima('a'))).toBeGreaterThan(10);
    expect(minima('a').at(-1)).toBe(4);
    expect(minima('b')).toEqual([4]);
  });

  test('that may not read SalePlans raises in time, lowers nothing, says so, and restores once it may', async () => {
    let mayRead = false;
    await openRefusing(({ url }) => !mayRead && url.includes('/saleplans'), { namespaces: ['marketplace'] });
    await shop.moveTo(start);
    const raised = minima('marketplace').at(-1) ?? 0;
    expect(raised).toBeGreaterThan(10);
    await shop.moveTo(end + minutes(2), 30_000);
    expect(minima('marketplace').at(-1)).toBe(raised);
    expect(shop.salePlans()).toEqual([]);
    expect(condition('Paused')).toMatchObject({
      status: 'True',
      reason: 'CachesNotFresh',
      message: 'SalePlan cannot be read: bounds are raised by what is known and not lowered.',
    });
    mayRead = true;
    await shop.moveTo(end + minutes(4), 30_000);
    expect(minima('marketplace').at(-1)).toBe(4);
    expect(condition('Paused')).toMatchObject({ status: 'False' });
  });

  test('that may not read HPAs writes no replicas past them, and revises no SalePlan', async () => {
    await openRefusing(({ url }) => url.includes('/horizontalpodautoscalers'), { namespaces: ['marketplace'] });
    await shop.moveTo(start + minutes(1), 30_000);
    expect(minima('marketplace')).toEqual([4]);
    expect(shop.requests.filter(({ method, url }) => method === 'PATCH' && url.includes('/scale?'))).toEqual([]);
    expect(condition('Accepted')).toMatchObject({
      status: 'False',
      message: 'HorizontalPodAutoscalers cannot be read, so it is unknown what scales Deployment gateway.',
    });
    expect(shop.salePlans().map(({ status }) => status?.plan)).toEqual([undefined]);
  });
});
