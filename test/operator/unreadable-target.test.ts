import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/apiserver/objects/kube-object.ts';
import { wallClock } from '../../src/cli/wall-clock.ts';
import { restoreAll } from '../../src/operator/restore-all.ts';
import type { Operator } from '../../src/operator/start-operator.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:10:00Z');
const restored = { minReplicas: 4, maxReplicas: 20, floor: undefined, floorMax: undefined };

let shop: Shop;
afterEach(() => shop.close());

/** Five minutes into a sale, under resource definitions that are newer than the operator. */
async function raisedShop(): Promise<Operator> {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  await allow({ type: 'object', properties: { lowest: { type: 'integer' }, burst: { type: 'integer' } } });
  const operator = await announceSale(shop, start, end);
  await shop.moveTo(start + minutes(5));
  expect(live()?.floor).toBeDefined();
  return operator;
}

/** Lets every schema of `spec.weather`, any `spec.mode`, and more in `spec.baseline`, into the cluster. */
async function allow(baseline: { readonly type: string; readonly properties: object }): Promise<void> {
  const definition = shop.get<Definition>(definitions, stored.targets, '');
  const [version] = structuredClone(definition.spec.versions);
  const { properties } = version?.schema.openAPIV3Schema.properties.spec ?? { properties: {} };
  properties.weather = { type: 'string' };
  properties.mode = { type: 'string' };
  properties.baseline = { ...baseline, properties: { ...properties.baseline?.properties, ...baseline.properties } };
  await shop.connection
    .resource(shop.store.collection(definitions).definition)
    .merge({ name: stored.targets }, { spec: { versions: [version] } } as object);
}

const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

interface Definition extends KubeObject {
  readonly spec: {
    readonly versions: {
      readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly spec: SpecSchema } } };
    }[];
  };
}

interface SpecSchema {
  readonly properties: Record<string, { readonly type: string; readonly properties?: object }>;
}

const live = () => shop.bounds.at(-1);
const isThere = () => shop.find(stored.targets, 'gateway') !== undefined;
const eventReasons = () =>
  (shop.store.collection('events.events.k8s.io').list() as unknown as { reason: string }[]).map(({ reason }) => reason);
const change = (spec: object) => shop.patch(stored.targets, 'gateway', { spec });
const lost = { baseline: { minReplicas: null, maxReplicas: null, lowest: 4 } };

test.each([
  ['a field of a newer version', { weather: 'rain' }, 'spec.weather: is not a field'],
  ['one inside its baseline', { baseline: { burst: 3 } }, 'spec.baseline.burst: is not a field'],
])('a raised target that has got %s is served without it, says so, and is put back', async (_, newer, told) => {
  await raisedShop();
  await change(newer);
  await shop.moveTo(end - minutes(1));
  expect(Number(live()?.floor)).toBeGreaterThan(4);
  const { status } = shop.get(stored.targets, 'gateway') as never as { status: { conditions: object[] } };
  const message = expect.stringContaining(told);
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Accepted', status: 'True', message }));
  await shop.moveTo(end + minutes(12));
  expect(live()).toMatchObject(restored);
});

describe('a raised target that has got a mode of a newer version', () => {
  const newer = { mode: 'Suggest' };

  test('stays raised to the end of the sale, is told, and is put back then', async () => {
    await raisedShop();
    const raised = live();
    await change(newer);
    await shop.moveTo(end - minutes(1));
    expect(live()).toEqual(raised);
    const { status } = shop.get(stored.targets, 'gateway') as never as { status: { conditions: object[] } };
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Accepted', status: 'False', reason: 'Invalid' }),
    );
    await shop.moveTo(end + minutes(12));
    expect(live()).toMatchObject(restored);
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers ?? []).toEqual([]);
  });

  test('is put back before it goes when it is deleted', async () => {
    await raisedShop();
    await change(newer);
    await shop.delete(stored.targets, 'gateway');
    expect(isThere()).toBe(true);
    await shop.moveTo(end + minutes(12));
    expect(live()).toMatchObject(restored);
    expect(isThere()).toBe(false);
  });

  test('is put back by restore --all', async () => {
    const operator = await raisedShop();
    await shop.kill(operator);
    await change(newer);
    const input = { connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false };
    await restoreAll(input);
    expect(live()?.minReplicas).toBe(4);
    await shop.moveTo(end + minutes(12));
    expect(await restoreAll(input)).toMatchObject([{ name: 'gateway', isRestored: true }]);
    expect(live()).toMatchObject(restored);
  });
});

describe('a raised target of which even the baseline is lost', () => {
  test('is put back from what it recorded when it is deleted, and goes then', async () => {
    await raisedShop();
    await change(lost);
    await shop.moveTo(end + minutes(1));
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(end + minutes(12));
    expect(live()).toMatchObject(restored);
    expect(isThere()).toBe(false);
  });

  test('is put back from what it recorded by restore --all, and goes when it is deleted', async () => {
    const operator = await raisedShop();
    await shop.kill(operator);
    await change(lost);
    const input = { connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false };
    expect(await restoreAll(input)).toContainEqual(expect.objectContaining({ name: 'gateway', isRestored: false }));
    expect(live()?.minReplicas).toBe(4);
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(end + minutes(12));
    await restoreAll(input);
    expect(isThere()).toBe(false);
  });

  test('keeps nobody from deleting it where nothing was recorded, leaves its HPA as it is, and says so', async () => {
    await raisedShop();
    const raised = live();
    await change({ ...lost });
    await forgetRecord();
    await shop.moveTo(end + minutes(1));
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(end + minutes(2));
    expect(isThere()).toBe(false);
    expect(live()).toEqual(raised);
    expect(eventReasons()).toContain('ReleasedUnread');
  });
});

/** The record of raises goes, as with an older resource definition. */
async function forgetRecord(): Promise<void> {
  await shop.connection
    .resource(shop.store.collection(stored.targets).definition)
    .merge({ name: 'gateway', namespace: 'marketplace' }, { status: { raised: null } } as object, { sub: 'status' });
}
