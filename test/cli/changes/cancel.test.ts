import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { flashSales } from '../../../src/kube/resources/resource-kind.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { flashSale, minutes, openShop, type Shop, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ start, demand: shopDemand([]) });
  await shop.create(flashSale('drop', start + minutes(60), start + minutes(120)));
  await shop.create(flashSale('kept', start + minutes(60), start + minutes(120)));
});
afterAll(() => shop.close());

const run = (...args: readonly string[]) =>
  runHere('cancel', ...args, '--server', shop.connection.server, '-n', 'marketplace');
const isCancelled = (name: string) => JSON.stringify(shop.get(stored.sales, name)).includes('"cancelled":true');

test('headstart cancel ends a sale once, and says so as kubectl does', async () => {
  expect((await run('drop', '--dry-run')).stdout).toBe('flashsale.headstart.dev/drop cancelled (server dry run)\n');
  const tried = parse((await run('drop', '--dry-run=client', '-o', 'yaml')).stdout);
  const { spec } = await shop.connection.resource(flashSales).get({ name: 'drop', namespace: 'marketplace' });
  expect(tried.spec).toEqual({ ...(spec as object), cancelled: true });
  expect(isCancelled('drop')).toBe(false);
  expect((await run('drop')).stdout).toBe('flashsale.headstart.dev/drop cancelled\n');
  expect(isCancelled('drop')).toBe(true);
  expect((await run('drop')).stdout).toBe('flashsale.headstart.dev/drop cancelled already\n');
  expect(await run('nobody')).toMatchObject({ code: 1, stderr: expect.stringContaining('404') });
});

test('headstart cancel refuses a field that Argo CD keeps, unless it is forced', async () => {
  const ref = { name: 'kept', namespace: 'marketplace' };
  const sales = shop.connection.resource(flashSales);
  await sales.apply({ metadata: ref, spec: { cancelled: false } }, { fieldManager: 'argocd-controller' });
  const refused = await run('kept');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('spec.cancelled is kept in Git by Argo CD');
  expect(refused.stderr).toContain('--force sets it here all the same');
  expect(isCancelled('kept')).toBe(false);
  expect(await run('kept', '--force')).toMatchObject({ code: 0, stderr: expect.stringContaining('kept in Git') });
  expect(isCancelled('kept')).toBe(true);
});
