import { afterEach, describe, expect, test } from 'vitest';
import { lastValueDemand } from '../../forecasts/index.ts';
import { WriteMemory } from '../../src/apply/write-memory.ts';
import { createDemandHistory } from '../../src/observe/demand-history.ts';
import type { Observation } from '../../src/observe/observation.ts';
import { createOwnForecaster } from '../../src/operator/forecasting/create-own-forecaster.ts';
import { KeptForecasts } from '../../src/operator/forecasting/kept-forecasts.ts';
import { SaleTimelines } from '../../src/operator/memory/sale-timelines.ts';
import { forgetGone, type ReconcileContext, reconcile } from '../../src/operator/reconcile.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
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

const now = Date.parse('2026-11-27T20:30:00Z');
const hourMs = 3_600_000;

/** Everything that a process remembers of what it serves. */
function openMemory() {
  const history = createDemandHistory({ prometheus: madeUpSource(() => 10) });
  return {
    history,
    writes: new WriteMemory(),
    timelines: new SaleTimelines(),
    forecasts: new KeptForecasts({ forecaster: createOwnForecaster(lastValueDemand), history }),
  };
}

type Memory = ReturnType<typeof openMemory>;

const sizes = ({ history, writes, timelines, forecasts }: Memory) => [
  history.size,
  writes.size,
  timelines.size,
  forecasts.size,
];

/** One target in the middle of a sale of its own. */
function given(name: string): Given {
  const sale = { name, startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z', entryPoints: [name] };
  const demand = { query: name, stepSeconds: 3600, historyDays: 1 };
  return {
    now: new Date(now).toISOString(),
    sales: [sale],
    targets: { [name]: { metadata: { uid: name }, spec: { entryPoint: true, demand } } },
  };
}

/** What a reconcile leaves behind in the memories. */
async function look(memory: Memory, parts: Given): Promise<void> {
  const observation = await withDemand(memory, observationOf(parts));
  await memory.forecasts.keep({ observation, windows: [], events: new Map() });
  const plan = planObservation(observation, forecastsOf(parts, observation));
  for (const salePlan of observation.salePlans)
    for (const outlook of plan.sales) memory.timelines.extend(salePlan, observation, plan, outlook);
  for (const { target, autoscalers } of observation.targets) {
    const { uid = '' } = target.metadata;
    memory.writes.rememberStatus(uid, now);
    memory.writes.rememberVersion(uid, '7');
    memory.writes.isNews(uid, 'a complaint');
    for (const hpa of autoscalers)
      memory.writes.rememberBounds(hpa.uid, { at: now, monotonicMs: 0, minReplicas: 4, maxReplicas: 20 });
  }
  forgetGone(memory, observation, []);
  memory.history.forgetUnasked(observation.now);
}

async function withDemand({ history }: Memory, observation: Observation): Promise<Observation> {
  const targets = observation.targets.map(async observed => ({
    ...observed,
    demand: await history.observe(observed.target.spec.demand, observation.now),
  }));
  return { ...observation, targets: await Promise.all(targets) };
}

test('of a thousand targets that came and went nothing is remembered', async () => {
  const memory = openMemory();
  const names = Array.from({ length: 1000 }, (_, index) => `shop${index}`);
  for (const name of names) await look(memory, given(name));
  const [queries, ...others] = sizes(memory);
  expect(queries).toBe(1000);
  for (const size of others) expect(size).toBeGreaterThan(0);
  expect(Math.max(...others)).toBeLessThan(10);

  await look(memory, { now: new Date(now).toISOString(), targets: {} });
  memory.history.forgetUnasked(now + 25 * hourMs);
  expect(sizes(memory)).toEqual([0, 0, 0, 0]);
});

test('of what is still there everything is remembered', async () => {
  const memory = openMemory();
  await look(memory, given('shop'));
  const before = sizes(memory);
  await look(memory, given('shop'));
  expect(sizes(memory)).toEqual(before);
  expect(memory.writes.isNews('shop', 'a complaint')).toBe(false);
});

describe('a target', () => {
  const start = Date.parse('2026-11-27T19:00:00Z');
  const end = Date.parse('2026-11-27T19:05:00Z');
  const shops: Shop[] = [];
  afterEach(async () => {
    for (const shop of shops.splice(0)) await shop.close();
  });

  /** The minima that a target of this name is given in a sale of its own name, beside one that has a sale, too. */
  async function minimaOf(name: string): Promise<readonly number[]> {
    const demand = shopDemand([{ start, end, peak: 6 }]);
    const shop = await openShop({ start: start - minutes(3), demand });
    shops.push(shop);
    await shop.create(...service(name), ...service('other'));
    const operator = await shop.operator();
    await operator.whenLeading();
    await shop.create(flashSale(name, start, end, { entryPoints: [name] }));
    await shop.create(flashSale('other', start, end, { entryPoints: ['other'] }));
    await operator.idle();
    await shop.moveTo(end + minutes(4), 30_000);
    expect(shop.logged.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    return shop.bounds.filter(seen => seen.name === name).map(({ minReplicas }) => minReplicas);
  }

  test('of any name is raised and restored as every other', async () => {
    const ordinary = await minimaOf('gateway');
    expect(ordinary.at(-1)).toBe(4);
    expect(Math.max(...ordinary)).toBeGreaterThan(10);
    for (const name of ['constructor', 'valueof', 'x'.repeat(63)]) expect(await minimaOf(name), name).toEqual(ordinary);
  }, 60_000);
});

test('a reconcile lets other work have its turn between its stages, although it waits for nothing', async () => {
  const { history, timelines } = openMemory();
  const objects = { sales: [], targets: [], policies: [], salePlans: [], autoscalers: [], workloads: [] };
  const line = {
    clock: { now: () => now },
    watch: { read: () => objects },
    history,
    findWorkload: async () => ({ missing: 'there is none' }),
    lookAtRights: async () => undefined,
    forecasts: { keep: async () => ({}) } as Partial<ReconcileContext['forecasts']> as ReconcileContext['forecasts'],
    ahead: { look: () => {} } as Partial<ReconcileContext['ahead']> as ReconcileContext['ahead'],
    timelines,
    limits: observationOf(given('drop')).limits,
    skewMs: () => 0,
    elsewhere: { refresh: () => [], seenFrom: () => [] },
    apply: scriptedContext(() => ({})),
  } as Partial<ReconcileContext> as ReconcileContext;
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await reconcile(line, 'marketplace', new AbortController().signal);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(4);
});
