import { afterEach, expect, test } from 'vitest';
import type { MetricSource } from '../../src/observe/metrics/metric-source.ts';
import {
  flashSale,
  madeUpSource,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
} from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');
const demand = shopDemand([{ start, end, peak: 6 }]);

let shop: Shop;
afterEach(() => shop.close());

test('a metric store that hangs holds up no namespace of another store for longer than one patience', async () => {
  const hanging: MetricSource = { type: 'hanging', readRange: () => new Promise(() => {}) };
  const settings = { leaderElection: { enabled: false } };
  shop = await openShop({
    start: start - minutes(10),
    demand,
    settings,
    sources: { prometheus: madeUpSource(demand), hanging },
  });
  for (let index = 0; index < 40; index += 1) {
    const spec = { demand: { query: 'gateway', source: 'hanging' } };
    await shop.create(...service('gateway', { namespace: `hanging-${index}`, spec }));
  }
  await shop.create(...service('gateway'), flashSale('drop', start, end));
  const operator = await shop.operator();
  await operator.whenLeading();
  const started = performance.now();
  await operator.idle();
  await shop.moveTo(start);
  expect(shop.bounds.findLast(({ namespace }) => namespace === 'marketplace')?.floor).toBeDefined();
  // Forty of them would take three turns of sixteen workers at each of forty ticks.
  expect(performance.now() - started).toBeLessThan(60_000);
}, 120_000);

test('a metric store that hangs takes no place of a reconcile: a sale of another store is raised beside a hundred', async () => {
  const gate = Promise.withResolvers<void>();
  const knows = madeUpSource(demand);
  const hanging: MetricSource = {
    type: 'hanging',
    readRange: query => gate.promise.then(() => knows.readRange(query)),
  };
  shop = await openShop({ start: start - minutes(1), demand, sources: { prometheus: knows, hanging } });
  for (let index = 0; index < 100; index += 1) {
    const spec = { demand: { query: 'gateway', source: 'hanging' } };
    await shop.create(...service('gateway', { namespace: `hanging-${index}`, spec }));
  }
  await shop.create(...service('gateway'), flashSale('drop', start, end));
  const operator = await shop.operator({ metricPatienceMs: 600_000 });
  const floor = () => shop.bounds.findLast(({ namespace }) => namespace === 'marketplace')?.floor;
  await operator.whenLeading();
  try {
    await expect.poll(floor, { timeout: 60_000 }).toBeDefined();
  } finally {
    gate.resolve();
  }
  await operator.idle();
}, 120_000);
