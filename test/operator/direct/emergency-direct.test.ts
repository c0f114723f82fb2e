import { afterEach, describe, expect, test } from 'vitest';
import type { Emergency } from '../../../src/api/field.ts';
import { formatInstant } from '../../../src/api/instant.ts';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { stateEmergency } from '../../../src/cli/emergency.ts';
import { wallClock } from '../../../src/cli/wall-clock.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import { emergencyDirect } from '../../../src/operator/direct/emergency-direct.ts';
import { announceSale } from '../../support/shop/announce-sale.ts';
import {
  flashSale,
  madeUpSource,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const namespace = 'marketplace';

interface Deployment extends KubeObject {
  readonly spec: { readonly replicas: number };
}

let shop: Shop;
afterEach(() => shop.close());

const live = (name = 'gateway') => shop.bounds.findLast(bounds => bounds.name === name);
const emergency = (action: Emergency['action'], lengthMinutes = 10): Emergency => ({
  action,
  until: formatInstant(shop.clock.now() + minutes(lengthMinutes)),
  requestedBy: 'ann',
  reason: 'the edge lost its cache',
});
const state = (action: Emergency['action'], lengthMinutes?: number) =>
  stateEmergency(shop.connection, { namespace }, { emergency: emergency(action, lengthMinutes) });
const direct = (action: Emergency['action'], more: { readonly target?: string; readonly dryRun?: boolean } = {}) =>
  emergencyDirect({
    connection: shop.connection,
    namespace,
    emergency: emergency(action),
    dryRun: false,
    waitMs: 0,
    clock: { ...wallClock, now: () => shop.clock.now() },
    tell: () => {},
    ...more,
  });

/** The metric store is down; pods have ordinary load all the same. */
const down: MetricSource = {
  type: 'down',
  async readRange() {
    throw new Error('connect ECONNREFUSED');
  },
};
const dark = { demand: shopDemand([]), sources: { prometheus: down } };

describe('with the operator, while the metric store is down', () => {
  test('Ceiling raises every target in Apply at once, and is inert after its end', async () => {
    shop = await openShop({ ...dark, start: start - minutes(5), policy: { maxReplicasPerTarget: 100 } });
    await shop.create(...service('gateway'), ...service('search', { spec: { mode: 'ForecastOnly' } }));
    await shop.create(flashSale('nowhere', start, end, { entryPoints: ['nobody'] }));
    const operator = await shop.operator();
    await operator.whenLeading();
    await operator.idle();
    await state('Ceiling');
    await shop.moveTo(start - minutes(4.5));
    expect(live()).toMatchObject({ minReplicas: 100, maxReplicas: 100 });
    expect(live('search')).toMatchObject({ minReplicas: 4, maxReplicas: 20 });
    expect(shop.get<never>(stored.targets, 'gateway')).toMatchObject({
      status: {
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: 'Emergency', status: 'True', reason: 'EmergencyCeiling' }),
        ]),
      },
    });
    await shop.moveTo(start + minutes(7));
    expect(live()).toMatchObject({ minReplicas: 4, floor: undefined });
  });

  test('Baseline puts back what a running sale has raised', async () => {
    let isDown = false;
    const demand = shopDemand([{ start, end, peak: 6 }]);
    const up = madeUpSource(demand);
    const prometheus: MetricSource = { ...up, readRange: (...asked) => (isDown ? down : up).readRange(...asked) };
    shop = await openShop({ start: start - minutes(5), demand, sources: { prometheus } });
    await announceSale(shop, start, end);
    await shop.moveTo(start + minutes(1));
    expect(live()?.floor).toBeDefined();
    isDown = true;
    await state('Baseline', 30);
    await shop.moveTo(start + minutes(2));
    expect(live()).toMatchObject({ minReplicas: 4, floor: undefined });
  });
});

describe('without the operator', () => {
  test('Ceiling raises, Baseline restores, each by name too, and a dry run writes nothing', async () => {
    shop = await openShop({ ...dark, start, policy: 'None' });
    await shop.create(...service('gateway'), ...service('search'));
    const before = shop.bounds.length;
    expect(await direct('Ceiling', { dryRun: true })).toMatchObject([
      { target: 'gateway', isDone: false, message: expect.stringContaining('4 → 240') },
      { target: 'search' },
    ]);
    expect(shop.bounds).toHaveLength(before);

    expect(await direct('Ceiling', { target: 'gateway' })).toMatchObject([{ target: 'gateway', isDone: true }]);
    expect(live()).toMatchObject({ minReplicas: 240, maxReplicas: 240 });
    expect(shop.bounds.some(({ name, minReplicas }) => name === 'search' && minReplicas > 4)).toBe(false);
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers).toEqual(['headstart.dev/restore']);

    await direct('Baseline');
    expect(live()?.minReplicas).toBe(4);
  });

  test('Baseline restores a workload without an HPA too', async () => {
    shop = await openShop({ ...dark, start, policy: { maxReplicasPerTarget: 20 } });
    await shop.create(...service('gateway', { hpa: false }));
    const replicas = () => shop.get<Deployment>(stored.deployments, 'gateway').spec.replicas;
    await direct('Ceiling');
    expect(replicas()).toBe(20);
    expect(await direct('Baseline')).toMatchObject([{ target: 'gateway', isDone: true }]);
    expect(replicas()).toBe(4);
  });

  test('Baseline is not done while the rampDown has not reached the baseline', async () => {
    shop = await openShop({ ...dark, start, policy: { maxReplicasPerTarget: 40, rampDown: { percentPerMinute: 20 } } });
    await shop.create(...service('gateway', { hpa: false }), ...service('search'));
    await direct('Ceiling');
    expect(await direct('Baseline')).toMatchObject([
      { target: 'gateway', isDone: false },
      { target: 'search', isDone: false },
    ]);
  });

  test('a pause beats it', async () => {
    shop = await openShop({ ...dark, start, policy: { paused: 'Up' } });
    await shop.create(...service('gateway'));
    await direct('Ceiling');
    expect(shop.bounds.every(({ minReplicas }) => minReplicas === 4)).toBe(true);
  });

  test('a namespace without targets has none to raise', async () => {
    shop = await openShop({ ...dark, start });
    expect(await direct('Ceiling')).toEqual([]);
  });

  test('it is stated in a policy that is made where there is none', async () => {
    shop = await openShop({ ...dark, start, policy: 'None' });
    await shop.create(...service('gateway'));
    await state('Ceiling');
    expect(shop.get(stored.policies, 'default')).toMatchObject({ spec: { emergency: { action: 'Ceiling' } } });
    await stateEmergency(shop.connection, { namespace }, { emergency: null });
    expect(shop.get(stored.policies, 'default')).not.toHaveProperty('spec.emergency');
  });
});
