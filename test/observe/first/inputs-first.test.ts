import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { createDemandHistory, type DemandHistory } from '../../../src/observe/demand-history.ts';
import { InputsFirst } from '../../../src/observe/first/inputs-first.ts';
import type { ApiLooks } from '../../../src/observe/first/looks-beside.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import type { NamespaceObjects } from '../../../src/observe/namespace-objects.ts';
import { readFlashSale, readPolicy } from '../../../src/observe/read-object.ts';
import { flashSale, scalingPolicy, scalingTarget } from '../../support/shop/kinds.ts';

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
function openAsking(
  history: Pick<DemandHistory, 'ask'> & Partial<Pick<DemandHistory, 'read' | 'typeOf'>>,
  patienceMs = Number.POSITIVE_INFINITY,
  {
    spec = {},
    looks,
    whenRead = async () => {},
    ...more
  }: Partial<NamespaceObjects> & {
    readonly spec?: object;
    readonly looks?: ApiLooks;
    readonly whenRead?: () => Promise<void>;
  } = {},
) {
  const told: string[] = [];
  const read = (namespace: string): NamespaceObjects => {
    const value = parseScalingTarget(scalingTarget({ demand: { ...demand, source: namespace }, ...spec }));
    return { sales: [], targets: [{ value }], policies: [], salePlans: [], autoscalers: [], workloads: [], ...more };
  };
  const asking = new InputsFirst({
    clock: { now: () => noon },
    watch: { read, whenRead },
    history: { read: () => undefined, typeOf: () => undefined, ...history },
    ...(looks === undefined ? {} : { looks }),
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

test('nothing is asked for, and nobody is told, before the caches of the namespace are filled or waited for', async () => {
  const filled = Promise.withResolvers<void>();
  const asked: string[] = [];
  const ask = async ({ source }: { readonly source: string }) => void asked.push(source);
  const { asking, told } = openAsking({ ask }, 10, { whenRead: () => filled.promise });
  asking.ask('quick');
  await setImmediate();
  expect([asked, told, asking.has('quick'), asking.size]).toEqual([[], [], false, 1]);
  filled.resolve();
  await asking.idle();
  expect([asked, told, asking.has('quick'), asking.size]).toEqual([['quick'], ['quick'], true, 0]);
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

const sales = [readFlashSale(flashSale({ startTime: '2026-11-20T11:00:00Z', endTime: '2026-11-20T13:00:00Z' }))];
const policies = [
  readPolicy(
    scalingPolicy({
      approval: { abovePeakPercent: 500 },
      stockSource: { source: 'quick', query: 'stock{sale=$sale}' },
    }),
  ),
];

test('answer times and the stock of a sale that runs are asked for as well as demand', async () => {
  const asked: string[] = [];
  const counting: MetricSource = {
    type: 'quick',
    readRange: range => {
      asked.push(range.query);
      return quick.readRange(range);
    },
  };
  const spec = { objective: { p95Milliseconds: 250, query: 'p95' } };
  const history = createDemandHistory({ quick: counting }, 0);
  const { asking } = openAsking(history, Number.POSITIVE_INFINITY, { spec, sales, policies });
  asking.ask('quick');
  await asking.idle();
  expect(new Set(asked)).toEqual(new Set(['q', 'p95', expect.stringMatching(/^stock\{sale=/)]));
});

test('the API server is asked before a reconcile, and one that fails holds nothing up', async () => {
  const looked: string[] = [];
  const looks: ApiLooks = {
    lookAtSchemas: () => Promise.reject(new Error('no answer')),
    lookAtGuard: async () => void looked.push('guard'),
    lookAtRights: async ({ namespace, rights }) => void looked.push(`${namespace} ${rights.length}`),
  };
  const history = createDemandHistory({ quick }, 0);
  const { asking, told } = openAsking(history, 10, { sales, policies, looks });
  asking.ask('quick');
  await asking.idle();
  expect([looked, told]).toEqual([['guard', 'quick 5'], ['quick']]);
  const none = openAsking(history, 10, { looks });
  none.asking.ask('quick');
  await none.asking.idle();
  expect([looked.length, none.told]).toEqual([2, ['quick']]);
});
