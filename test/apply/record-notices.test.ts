import { afterEach, expect, test } from 'vitest';
import { noticeRecords } from '../../src/apply/record-notices.ts';
import { WriteMemory } from '../../src/apply/write-memory.ts';
import { neverAborted } from '../support/notify/notices.ts';
import { salePlan } from '../support/shop/kinds.ts';
import { openShop, type Shop, stored } from '../support/shop/sandbox-shop.ts';

const now = Date.parse('2026-11-27T12:00:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openRecords() {
  shop = await openShop({ start: now, demand: () => 0 });
  const plan = salePlan();
  await shop.create(plan);
  const { metadata } = shop.get(stored.plans, plan.metadata.name);
  const memory = new WriteMemory();
  const context = { connection: shop.connection, memory, pace: { salePlans: { take: async () => {} } } };
  const keeper = { namespace: 'marketplace', salePlan: metadata.name, uid: metadata.uid ?? '' };
  return { records: noticeRecords(context, () => now), keeper, memory };
}

test('what was told is added to the status of its SalePlan, each once', async () => {
  const { records, keeper, memory } = await openRecords();
  expect(await records.read(keeper, neverAborted)).toEqual([]);
  await records.add(keeper, { told: [{ kind: 'Planned' }], outcome: 'Sent' }, neverAborted);
  const told = [{ kind: 'Planned' }, { kind: 'AtRisk', about: 'NoGo' }] as const;
  await records.add(keeper, { told, outcome: 'GivenUp' }, neverAborted);
  const at = '2026-11-27T12:00:00Z';
  expect(await records.read(keeper, neverAborted)).toEqual([
    { kind: 'Planned', at, outcome: 'Sent' },
    { kind: 'AtRisk', about: 'NoGo', at, outcome: 'GivenUp' },
  ]);
  expect(memory.versionOf(keeper.uid)).toBe(shop.get(stored.plans, keeper.salePlan).metadata.resourceVersion);
});

test('two that record at once lose nothing', async () => {
  const { records, keeper } = await openRecords();
  await Promise.all(
    (['Planned', 'Ready', 'Ended'] as const).map(kind =>
      records.add(keeper, { told: [{ kind }], outcome: 'Sent' }, neverAborted),
    ),
  );
  expect((await records.read(keeper, neverAborted))?.map(({ kind }) => kind).sort()).toEqual([
    'Ended',
    'Planned',
    'Ready',
  ]);
});

test('another SalePlan of the same name is not written to', async () => {
  const { records, keeper } = await openRecords();
  const other = { ...keeper, uid: 'of-another' };
  expect(await records.read(other, neverAborted)).toBeUndefined();
  await records.add(other, { told: [{ kind: 'Planned' }], outcome: 'Sent' }, neverAborted);
  expect(await records.read(keeper, neverAborted)).toEqual([]);
});
