import { afterEach, describe, expect, test } from 'vitest';
import type { RaisedObject } from '../../src/api/scaling-target.ts';
import type { KubeObject } from '../../src/apiserver/objects/kube-object.ts';
import { wallClock } from '../../src/cli/wall-clock.ts';
import { restoreAll } from '../../src/operator/restore-all.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';
import {
  createScaledService,
  playKeda,
  type ScaledObjectSeen,
  scaledObjectDefinition,
  storedScaledObjects,
} from '../support/shop/scaled-service.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:30:00Z');

let shop: Shop;
afterEach(() => shop.close());

type Target = KubeObject & {
  readonly status?: {
    readonly raised?: readonly RaisedObject[];
    readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string }[];
  };
};
type Hpa = KubeObject & { readonly spec: { readonly minReplicas: number } };

const scaled = (name = 'gateway') => shop.get<ScaledObjectSeen>(storedScaledObjects, name);
const bounds = (name = 'gateway') => {
  const { minReplicaCount, maxReplicaCount } = scaled(name).spec;
  return `${minReplicaCount}..${maxReplicaCount}`;
};
const target = () => shop.get<Target>(stored.targets, 'gateway');
const said = (type: string) => target().status?.conditions.find(condition => condition.type === type);
const ours = () =>
  shop.requests.filter(({ method, url }) => method === 'PATCH' && url.includes('fieldManager=headstart'));

async function openKedaShop(more: { readonly spec?: object; readonly annotations?: object } = {}) {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(scaledObjectDefinition);
  await createScaledService(shop, 'gateway', more);
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
}

/** Moves on while KEDA follows the ScaledObject every minute. */
async function liveUntil(epochMs: number) {
  while (shop.clock.now() < epochMs) {
    await shop.moveTo(Math.min(epochMs, shop.clock.now() + minutes(1)));
    await playKeda(shop, 'gateway');
  }
}

test('a ScaledObject is raised in place of the HPA that KEDA makes of it, and put back', async () => {
  await openKedaShop();
  await liveUntil(start + minutes(2));
  const raised = scaled();
  expect(raised.spec.minReplicaCount).toBeGreaterThan(12);
  expect(raised.metadata.annotations).toMatchObject({
    'headstart.dev/floor': String(raised.spec.minReplicaCount),
    'headstart.dev/from': '4..20',
  });
  expect(shop.get<Hpa>(stored.hpas, 'keda-hpa-gateway').spec.minReplicas).toBe(raised.spec.minReplicaCount);
  expect(target().status?.raised).toEqual([
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'gateway',
      uid: raised.metadata.uid,
      minReplicas: 4,
      maxReplicas: 20,
    },
  ]);
  await liveUntil(end + minutes(14));
  expect(bounds()).toBe('4..20');
  expect(scaled().metadata.annotations ?? {}).toEqual({});
  expect(target().status?.raised).toBeUndefined();
  expect(target().metadata.finalizers ?? []).toEqual([]);
  expect(ours().filter(({ url }) => url.includes('keda-hpa-gateway'))).toEqual([]);
});

test('a higher need during the sale raises it further, although its HPA carries its annotations by then', async () => {
  await openKedaShop();
  await liveUntil(start + minutes(2));
  const before = scaled().spec.minReplicaCount ?? 0;
  await shop.patch(stored.targets, 'gateway', { spec: { capacityPerReplica: '15' } });
  await liveUntil(start + minutes(4));
  expect(said('Accepted')?.status).toBe('True');
  expect(said('Unrecorded')?.status ?? 'False').toBe('False');
  expect(scaled().spec.minReplicaCount).toBeGreaterThan(before);
});

test('its maximum is not lowered below what its HPA runs', async () => {
  await openKedaShop();
  await liveUntil(start + minutes(2));
  await shop.patch(stored.sales, 'sneaker-drop', { spec: { cancelled: true } });
  await shop.moveTo(start + minutes(4));
  const { minReplicaCount, maxReplicaCount = 0 } = scaled().spec;
  expect(minReplicaCount).toBe(4);
  const running = shop.get<KubeObject & { status: { replicas: number } }>(stored.deployments, 'gateway').status
    .replicas;
  expect(maxReplicaCount).toBeGreaterThanOrEqual(running);
  expect(running).toBeGreaterThan(20);
});

test('a target that is pointed elsewhere during the sale leaves no ScaledObject raised', async () => {
  await openKedaShop();
  await shop.create(...service('other'));
  await liveUntil(start + minutes(2));
  await shop.patch(stored.targets, 'gateway', { spec: { workloadRef: { name: 'other' } } });
  await liveUntil(start + minutes(4));
  expect(scaled().spec.minReplicaCount).toBe(4);
});

test('headstart restore --all puts a copy back that nothing records', async () => {
  await openKedaShop();
  await liveUntil(start + minutes(2));
  const { apiVersion, kind, spec, metadata } = scaled();
  const copy = { name: 'copy', namespace: 'marketplace', annotations: metadata.annotations };
  await shop.create({ apiVersion, kind, metadata: copy, spec: { ...spec, scaleTargetRef: { name: 'away' } } });
  const { connection } = shop;
  const restored = await restoreAll({ connection, dryRun: false, waitMs: 0, clock: wallClock });
  expect(restored.map(({ name }) => name)).toContain('scaledobject/copy');
  expect(bounds('copy')).toBe('4..20');
});

describe('a ScaledObject whose bounds KEDA would not follow is refused by name:', () => {
  test.each([
    ['paused at a number', { annotations: { 'autoscaling.keda.sh/paused-replicas': '3' } }, 'ScaledObjectPaused'],
    ['idle below its minimum', { spec: { idleReplicaCount: 0 } }, 'MinReplicasZero'],
    ['scaled to zero', { spec: { minReplicaCount: 0 } }, 'MinReplicasZero'],
  ])('%s', async (_, more, reason) => {
    await openKedaShop(more);
    const before = bounds();
    await liveUntil(start + minutes(1));
    expect(said('Accepted')).toMatchObject({ status: 'False', reason });
    expect(bounds()).toBe(before);
  });
});

test('the workload itself is raised while its ScaledObject is paused, which leaves it without an HPA', async () => {
  await openKedaShop({ annotations: { 'autoscaling.keda.sh/paused': 'true' } });
  await shop.delete(stored.hpas, 'keda-hpa-gateway');
  await shop.moveTo(start + minutes(1));
  expect(bounds()).toBe('4..20');
  const deployment = shop.get<KubeObject & { spec: { replicas: number } }>(stored.deployments, 'gateway');
  expect(deployment.spec.replicas).toBeGreaterThan(12);
});

test('an HPA of a ScaledObject that cannot be read is refused, and says which right is missing', async () => {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(scaledObjectDefinition);
  await createScaledService(shop, 'gateway');
  const operator = await shop.operator({
    fate: ({ url }) => (url.includes('/scaledobjects') ? { status: 403 } : 'Pass'),
    readPatienceMs: 200,
  });
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await shop.moveTo(start + minutes(1));
  expect(said('Accepted')).toMatchObject({ status: 'False', reason: 'OwnedAutoscaler' });
  expect(bounds()).toBe('4..20');
});
