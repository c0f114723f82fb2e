import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { wallClock } from '../../../src/cli/wall-clock.ts';
import { restoreAll } from '../../../src/operator/restore-all.ts';
import { type BufferSeen, createBuffer, storedBuffers } from '../../support/shop/rooms/capacity-buffer.ts';
import {
  flashSale,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const name = 'gateway-placeholder';
const buffer = 'gateway-sale';

let shop: Shop;
afterEach(() => shop.close());

const placeholder = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { 'headstart.dev/placeholder-for': 'gateway' } },
  spec: {
    selector: { matchLabels: { 'headstart.dev/placeholder-for': 'gateway' } },
    template: {
      metadata: { labels: { 'headstart.dev/placeholder-for': 'gateway' } },
      spec: {
        priorityClassName: 'headstart-placeholder',
        containers: [{ name: 'pause', image: 'pause', resources: { requests: { cpu: '1' } } }],
      },
    },
  },
};

async function openSale(nodeRoom: 'PlaceholderPods' | 'CapacityBuffer' = 'PlaceholderPods') {
  shop = await openShop({
    start: start - minutes(10),
    demand: shopDemand([{ start, end, peak: 6 }]),
    policy: { nodeRoom, readyBeforeSeconds: 60 },
  });
  await shop.create(...service('gateway', {}));
  if (nodeRoom === 'CapacityBuffer') await createBuffer(shop, 'gateway');
  else await shop.create({ ...placeholder, metadata: { ...placeholder.metadata, namespace: 'marketplace' } });
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
  return operator;
}

const asked = () =>
  shop.find<KubeObject & { spec: { replicas: number } }>(stored.deployments, name)?.spec.replicas ??
  shop.get<BufferSeen>(storedBuffers, buffer).spec.replicas ??
  0;
const raisedAt = () => shop.bounds.find(({ floor }) => floor !== undefined)?.at;

/** Moves on in ticks until placeholders stand; returns when. */
async function untilOpen(): Promise<number> {
  for (let at = start - minutes(10); at < start; at += 15_000) {
    await shop.moveTo(at);
    if (asked() > 0) return at;
  }
  throw new Error('the room was never opened');
}

test.each(['PlaceholderPods', 'CapacityBuffer'] as const)(
  'room of %s is closed at first, opened before the raise, shrunk as pods land, and closed',
  async nodeRoom => {
    await openSale(nodeRoom);
    expect(asked()).toBe(0);
    const opened = await untilOpen();
    expect(raisedAt()).toBeUndefined();
    const most = asked();
    await shop.moveTo(start + minutes(2));
    const raised = raisedAt() ?? 0;
    expect(opened).toBeLessThanOrEqual(raised - 60_000);
    expect(most).toBe((shop.bounds.find(({ floor }) => floor !== undefined)?.minReplicas ?? 0) - 4);
    expect(asked()).toBe(0);
    await shop.moveTo(end + minutes(12));
    expect(asked()).toBe(0);
  },
);

test('room that a crash leaves behind is shrunk by the next process', async () => {
  const operator = await openSale();
  await untilOpen();
  await shop.kill(operator);
  await shop.moveTo(end + minutes(1));
  expect(asked()).toBeGreaterThan(0);
  const next = await shop.operator();
  await next.whenLeading();
  await next.idle();
  await shop.moveTo(end + minutes(2));
  expect(asked()).toBe(0);
});

test.each<[string, () => Promise<void>]>([
  ['its sale is cancelled', () => shop.patch(stored.sales, 'sneaker-drop', { spec: { cancelled: true } })],
  ['its sale is deleted', () => shop.delete(stored.sales, 'sneaker-drop')],
  ['its target is deleted', () => shop.delete(stored.targets, 'gateway')],
  ['the policy asks for none', () => shop.patch(stored.policies, 'default', { spec: { nodeRoom: 'None' } })],
])('room is closed when %s', async (_, change) => {
  await openSale();
  const opened = await untilOpen();
  await change();
  await shop.moveTo(opened + minutes(1));
  expect(asked()).toBe(0);
});

test('room that somebody scales is put right, and the target is told', async () => {
  await openSale();
  const opened = await untilOpen();
  const planned = asked();
  await shop.patch(stored.deployments, name, { spec: { replicas: 300 } }, 'kubectl');
  await shop.moveTo(opened + 15_000);
  expect(asked()).toBe(planned);
  const told = shop.logged.map(({ facts }) => JSON.stringify(facts)).join('\n');
  expect(told).toContain('300 (set by kubectl)');
});

test('a restore of everything closes it', async () => {
  const operator = await openSale();
  await untilOpen();
  await shop.kill(operator);
  const done = await restoreAll({ connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false });
  expect(asked()).toBe(0);
  expect(done.find(one => one.name === name)).toMatchObject({ isRestored: true });
});

describe('CapacityBuffers', () => {
  test('nothing but the replicas of one is written', async () => {
    await openSale('CapacityBuffer');
    await untilOpen();
    expect(shop.get<BufferSeen>(storedBuffers, buffer).spec).toEqual({
      scalableRef: { apiGroup: 'apps', kind: 'Deployment', name: 'gateway' },
      replicas: expect.any(Number),
    });
  });

  test('an autoscaler that never answers makes the sale NoGo before the raise', async () => {
    await openSale('CapacityBuffer');
    const opened = await untilOpen();
    expect(JSON.stringify(shop.salePlans())).not.toContain('no autoscaler has answered');
    await shop.moveTo(opened + minutes(1));
    for (let at = opened; raisedAt() === undefined; at += 15_000) {
      await shop.moveTo(at);
      const told = JSON.stringify(shop.get(stored.sales, 'sneaker-drop'));
      if (told.includes('no autoscaler has answered') && told.includes('NoGo')) return;
    }
    expect.unreachable('nobody was told');
  });

  test('room is put right when somebody changes it, and closed by a restore of everything', async () => {
    const operator = await openSale('CapacityBuffer');
    const opened = await untilOpen();
    const planned = asked();
    await shop.patch(storedBuffers, buffer, { spec: { replicas: 300 } }, 'kubectl');
    await shop.moveTo(opened + 15_000);
    expect(asked()).toBe(planned);
    await shop.kill(operator);
    const done = await restoreAll({ connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false });
    expect(asked()).toBe(0);
    expect(done.find(one => one.name === buffer)).toMatchObject({ isRestored: true });
  });

  test('a percentage that somebody states closes it, and the sale says why', async () => {
    await openSale('CapacityBuffer');
    const opened = await untilOpen();
    await shop.patch(storedBuffers, buffer, { spec: { percentage: 20 } }, 'kubectl');
    await shop.moveTo(opened + 15_000);
    expect(asked()).toBe(0);
    expect(JSON.stringify(shop.get(stored.sales, 'sneaker-drop'))).toContain('states percentage 20');
  });
});
