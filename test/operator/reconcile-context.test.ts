import { afterEach, expect, test } from 'vitest';
import { atMost } from '../../src/api/at-most.ts';
import type { EventRecorder } from '../../src/kube/events/event-recorder.ts';
import { ApiWriteBudget } from '../../src/kube/http/api-write-budget.ts';
import type { MetricSource } from '../../src/observe/metrics/metric-source.ts';
import type { ClusterWatch } from '../../src/observe/watch-cluster.ts';
import { createForecaster, createReconcileContext } from '../../src/operator/reconcile-context.ts';
import { parseSettings } from '../../src/operator/settings/settings.ts';
import { createLog } from '../../src/operator/telemetry/log.ts';
import { createMetrics } from '../../src/operator/telemetry/metrics.ts';
import {
  flashSale,
  madeUpSource,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
} from '../support/shop/sandbox-shop.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');
const demand = shopDemand([{ start, end, peak: 6 }]);

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

test('a reconcile reads what is there of a metric store that hangs, and is told when it answers', async () => {
  const gate = Promise.withResolvers<void>();
  const knows = madeUpSource(demand);
  const hanging: MetricSource = {
    type: 'hanging',
    readRange: query => gate.promise.then(() => knows.readRange(query)),
  };
  const arrived = Promise.withResolvers<string>();
  const { connection, events } = scriptedContext(() => ({}));
  const options = {
    connection,
    settings: parseSettings({}),
    clock: { now: () => start, monotonicMs: () => 0, sleep: async () => {} },
    log: createLog('silent', () => {}),
    metricSources: { hanging },
  };
  const metrics = createMetrics();
  const { history } = createReconcileContext(options, {
    watch: { namespaces: () => [] } as Partial<ClusterWatch> as ClusterWatch,
    recorder: events as EventRecorder,
    budget: new ApiWriteBudget({ onRest: () => {} }),
    forecaster: createForecaster(options, metrics),
    metrics,
    onArrival: arrived.resolve,
    onPruned: () => {},
  });
  const query = { source: 'hanging', query: 'gateway', stepSeconds: 60, historyDays: 1 };
  const isRead = await atMost(history.observe(query, start, 'marketplace'), 5_000);
  gate.resolve();
  expect(isRead).toBe(true);
  expect(await arrived.promise).toBe('marketplace');
});

test('a metric store that hangs holds up no namespace of another store for longer than one patience', async () => {
  const hanging: MetricSource = { type: 'hanging', readRange: () => new Promise(() => {}) };
  const settings = { leaderElection: { enabled: false } };
  const own = await openShop({
    start: start - minutes(10),
    demand,
    settings,
    sources: { prometheus: madeUpSource(demand), hanging },
  });
  shop = own;
  for (let index = 0; index < 40; index += 1) {
    const spec = { demand: { query: 'gateway', source: 'hanging' } };
    await own.create(...service('gateway', { namespace: `hanging-${index}`, spec }));
  }
  await own.create(...service('gateway'), flashSale('drop', start, end));
  const operator = await own.operator();
  await operator.whenLeading();
  const started = performance.now();
  await operator.idle();
  await own.moveTo(start);
  expect(own.bounds.findLast(({ namespace }) => namespace === 'marketplace')?.floor).toBeDefined();
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
  const own = await openShop({ start: start - minutes(1), demand, sources: { prometheus: knows, hanging } });
  shop = own;
  for (let index = 0; index < 100; index += 1) {
    const spec = { demand: { query: 'gateway', source: 'hanging' } };
    await own.create(...service('gateway', { namespace: `hanging-${index}`, spec }));
  }
  await own.create(...service('gateway'), flashSale('drop', start, end));
  const operator = await own.operator({ metricPatienceMs: 600_000 });
  const floor = () => own.bounds.findLast(({ namespace }) => namespace === 'marketplace')?.floor;
  await operator.whenLeading();
  try {
    await expect.poll(floor, { timeout: 60_000 }).toBeDefined();
  } finally {
    gate.resolve();
  }
  await operator.idle();
}, 120_000);
