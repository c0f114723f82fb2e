import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { createDemandHistory, type DemandHistory } from '../../../src/observe/demand-history.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import { MetricsFirst } from '../../../src/observe/metrics/metrics-first.ts';
import type { NamespaceObjects } from '../../../src/observe/namespace-objects.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const demand = { source: 'quick', query: 'q', stepSeconds: 60, historyDays: 1 };
const quick: MetricSource = {
  type: 'quick',
  readRange: async ({ start, end, stepSeconds }) => ({
    start,
    stepSeconds,
    values: new Array<number>((end - start) / (stepSeconds * 1000)).fill(1),
  }),
};

/** Asks in namespaces of one target each, whose demand is in the store of that name. */
function openAsking(history: Pick<DemandHistory, 'ask'>, patienceMs = Number.POSITIVE_INFINITY) {
  const told: string[] = [];
  const read = (namespace: string): NamespaceObjects => {
    const value = parseScalingTarget(scalingTarget({ demand: { ...demand, source: namespace } }));
    return { sales: [], targets: [{ value }], policies: [], salePlans: [], autoscalers: [], workloads: [] };
  };
  const asking = new MetricsFirst({
    clock: { now: () => noon },
    watch: { read, whenRead: async () => {} },
    history,
    patienceMs,
    onAsked: namespace => told.push(namespace),
  });
  return { asking, told };
}

test('a store that hangs keeps no namespace of another store waiting', async () => {
  const gate = Promise.withResolvers<void>();
  const hanging: MetricSource = {
    type: 'hanging',
    readRange: range => gate.promise.then(() => quick.readRange(range)),
  };
  const { asking, told } = openAsking(createDemandHistory({ hanging, quick }, 0));
  asking.ask('hanging');
  asking.ask('quick');
  await expect.poll(() => told).toEqual(['quick']);
  expect([asking.has('quick'), asking.has('hanging'), asking.size]).toEqual([true, false, 1]);
  gate.resolve();
  await asking.idle();
  expect(told).toEqual(['quick', 'hanging']);
});

test('what was asked for is there when the namespace is reconciled, which waits for nothing', async () => {
  const history = createDemandHistory({ quick }, 0);
  const { asking } = openAsking(history);
  asking.ask('quick');
  await asking.idle();
  expect(await history.observe(demand, noon)).toMatchObject({ ageSeconds: 0, source: 'quick' });
});

test('a namespace is reconciled without samples once its patience is over, and again when they come', async () => {
  const gate = Promise.withResolvers<void>();
  const late: string[] = [];
  const hanging: MetricSource = {
    type: 'hanging',
    readRange: range => gate.promise.then(() => quick.readRange(range)),
  };
  const history = createDemandHistory({ hanging }, 0, namespace => late.push(namespace));
  const { asking, told } = openAsking(history, 10);
  asking.ask('hanging');
  await asking.idle();
  expect([told, late]).toEqual([['hanging'], []]);
  gate.resolve();
  await expect.poll(() => late).toEqual(['hanging']);
});

test('a namespace is asked for once at a time, and nobody is told after the end', async () => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const { asking, told } = openAsking({
    ask: () => {
      asked += 1;
      return gate.promise;
    },
  });
  asking.ask('quick');
  asking.ask('quick');
  await expect.poll(() => asked).toBe(1);
  asking.stop();
  gate.resolve();
  await asking.idle();
  asking.ask('quick');
  expect([told, asked, asking.size]).toEqual([[], 1, 0]);
});
