import { afterEach, expect, test, vi } from 'vitest';
import type { FlashSale } from '../../../src/api/flash-sale.ts';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import {
  flashSale,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../../support/shop/sandbox-shop.ts';

type SaleWithStatus = KubeObject & Pick<FlashSale, 'status'>;

const now = Date.parse('2026-11-27T12:30:00Z');
const hourMs = 3_600_000;

let shop: Shop;
afterEach(() => shop.close());

/** Objects of ours that were written since the last call, by path; reviews of access have none. */
function written(): readonly string[] {
  const paths = shop.requests
    .slice(seen)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url }) => `${method} ${new URL(url, 'http://api').pathname.split('/').slice(6).join('/')}`)
    .filter(path => !/events| $/.test(path));
  seen = shop.requests.length;
  return paths.sort();
}
let seen = 0;

test('sales ahead are planned once, again when they change, and by nobody when nothing does', async () => {
  shop = await openShop({ start: now, demand: shopDemand([]) });
  seen = 0;
  await shop.create(...service('gateway'));
  for (const [index, name] of ['first', 'second', 'third'].entries()) {
    const start = now + (24 + 48 * index) * hourMs;
    await shop.create(flashSale(name, start, start + 2 * hourMs));
  }
  await shop.operator();
  await shop.moveTo(now + minutes(1));
  const revisions = () => shop.salePlans().map(({ spec, status }) => `${spec.sale.name} ${status?.plan?.revision}`);
  expect(revisions()).toEqual(['first 1', 'second 1', 'third 1']);
  expect(written().filter(path => path.startsWith('POST saleplans'))).toHaveLength(3);

  await shop.moveTo(now + minutes(20));
  expect(written()).toEqual([]);

  await shop.patch(stored.sales, 'second', { spec: { expectedPeakPercent: 1200 } });
  written();
  await shop.moveTo(now + minutes(21));
  expect(revisions()).toEqual(['first 1', 'second 2', 'third 1']);
  expect(written()).toEqual([
    'PATCH flashsales/second/status',
    expect.stringMatching(/^PATCH saleplans\/second-.*status$/),
  ]);
});

test('what another hand has changed of a sale ahead is put right at the next reconcile', async () => {
  shop = await openShop({ start: now, demand: shopDemand([]) });
  await shop.create(...service('gateway'), flashSale('drop', now + 24 * hourMs, now + 26 * hourMs));
  await shop.operator();
  await shop.moveTo(now + minutes(1));
  const [plan] = shop.salePlans();
  const collection = shop.store.collection(stored.plans);
  const found = shop.get(stored.plans, plan?.metadata.name ?? '');
  collection.replace({ ...found, status: {} } as never);
  await shop.patch(stored.targets, 'gateway', { metadata: { annotations: { note: 'look' } } });
  await shop.moveTo(now + minutes(2));
  expect(shop.salePlans()[0]?.status?.plan?.targets).toHaveLength(1);
});

test('the status of a sale ahead that the API server refuses for a while is written once it takes it', async () => {
  shop = await openShop({ start: now, demand: shopDemand([]) });
  await shop.create(...service('gateway'), flashSale('drop', now + 24 * hourMs, now + 26 * hourMs));
  let isRefused = true;
  await shop.operator({
    fate: ({ method, url }) =>
      isRefused && method === 'PATCH' && url.includes('/flashsales/drop/status') ? { status: 500 } : 'Pass',
  });
  await shop.moveTo(now + minutes(1));
  const told = () => shop.get<SaleWithStatus>(stored.sales, 'drop').status?.conditions ?? [];
  expect(told()).toEqual([]);
  isRefused = false;
  await shop.moveTo(now + minutes(3));
  await vi.waitFor(() => expect(told()).not.toEqual([]), 20_000);
});
