import { afterEach, describe, expect, test } from 'vitest';
import type { RaisedObject } from '../../../src/api/scaling-target.ts';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { announceSale } from '../../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, service, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:30:00Z');

let shop: Shop;
afterEach(() => shop.close());

type Hpa = KubeObject & { readonly spec: { readonly minReplicas: number; readonly maxReplicas: number } };
type Target = KubeObject & {
  readonly status: {
    readonly floor?: number;
    readonly raised?: readonly RaisedObject[];
    readonly conditions: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  };
};

const hpa = (name = 'gateway') => shop.get<Hpa>(stored.hpas, name);
const bounds = (name = 'gateway') => {
  const { minReplicas, maxReplicas } = hpa(name).spec;
  return `${minReplicas}..${maxReplicas}`;
};
const marks = (name = 'gateway') => Object.keys(hpa(name).metadata.annotations ?? {});
const target = () => shop.get<Target>(stored.targets, 'gateway');
const said = (type: string) => target().status.conditions.find(condition => condition.type === type);

async function openSale() {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  const [deployment, autoscaler] = service('other');
  const operator = await announceSale(shop, start, end);
  await shop.create(deployment ?? {}, autoscaler ?? {});
  await shop.moveTo(start + minutes(2));
  expect(hpa().spec.minReplicas).toBeGreaterThan(12);
  return operator;
}

/** Ends the sale and looks for long enough to restore everything. */
async function finish() {
  await shop.moveTo(end + minutes(12));
  expect(target().status.raised).toBeUndefined();
  expect(target().metadata.finalizers ?? []).toEqual([]);
  expect(said('Ready')?.status).toBe('True');
}

test('what is raised is recorded before the raise, with its bounds until then, and released once restored', async () => {
  await openSale();
  const { uid } = hpa().metadata;
  expect(target().status.raised).toEqual([
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      name: 'gateway',
      uid,
      minReplicas: 4,
      maxReplicas: 20,
    },
  ]);
  const writes = shop.requests.filter(({ method, url }) => method === 'PATCH' && /gateway/.test(url));
  const paths = writes.map(({ url }) => url.split('?')[0]?.split('/').slice(-3).join('/'));
  const raise = paths.indexOf('marketplace/horizontalpodautoscalers/gateway');
  expect(paths.slice(raise - 2, raise + 1)).toEqual([
    'marketplace/scalingtargets/gateway',
    'scalingtargets/gateway/status',
    'marketplace/horizontalpodautoscalers/gateway',
  ]);
  await finish();
  expect(bounds()).toBe('4..20');
});

describe('during a sale', () => {
  test('a target that is pointed at another workload restores the HPA that it raised', async () => {
    await openSale();
    await shop.patch(stored.targets, 'gateway', { spec: { workloadRef: { name: 'other' } } });
    await shop.moveTo(start + minutes(4));
    expect(bounds()).toBe('4..20');
    expect(marks()).toEqual([]);
    expect(hpa('other').spec.minReplicas).toBeGreaterThan(12);
    await finish();
    expect(bounds('other')).toBe('4..20');
  });

  test.each(['other', 'away'])('an HPA that is pointed at %s is restored all the same', async name => {
    await openSale();
    await shop.patch(stored.hpas, 'gateway', { spec: { scaleTargetRef: { name } } });
    await shop.moveTo(start + minutes(4));
    expect(hpa().spec.minReplicas).toBe(4);
    await finish();
    expect(bounds()).toBe('4..20');
    expect(marks()).toEqual([]);
  });

  test('a copied HPA is not taken for the one that was raised, which is restored', async () => {
    await openSale();
    const { apiVersion, kind, spec, metadata } = hpa();
    const { annotations } = metadata;
    const copy = { name: 'gateway-copy', namespace: 'marketplace', annotations };
    await shop.create({ apiVersion, kind, metadata: copy, spec });
    const raised = bounds();
    await shop.moveTo(end + minutes(8));
    expect(hpa().spec.minReplicas).toBe(4);
    // The copy keeps its pods, and a maximum below them would kill them.
    expect(bounds('gateway-copy')).toBe(raised);
    expect(target().status.raised).toMatchObject([{ name: 'gateway' }]);
    expect(said('Ready')?.status).toBe('False');
    await shop.delete(stored.hpas, 'gateway-copy');
    await shop.moveTo(end + minutes(20));
    expect(bounds()).toBe('4..20');
    expect(marks()).toEqual([]);
    expect(target().status.raised).toBeUndefined();
  });

  test('a target that is deleted after such an edit goes only when the HPA is restored', async () => {
    await openSale();
    await shop.patch(stored.targets, 'gateway', { spec: { paused: 'Down' } });
    await shop.patch(stored.targets, 'gateway', { spec: { workloadRef: { name: 'nowhere' } } });
    await shop.delete(stored.targets, 'gateway');
    await shop.moveTo(start + minutes(5));
    expect(hpa().spec.minReplicas).toBeGreaterThan(12);
    expect(said('Stalled')).toMatchObject({ status: 'True', message: expect.stringContaining('let-go') });
    await shop.patch(stored.targets, 'gateway', { spec: { paused: 'None' } });
    await shop.moveTo(end + minutes(12));
    expect(bounds()).toBe('4..20');
    expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
  });

  test('an HPA that is made anew gets the floor that was in force', async () => {
    let isMeasured = true;
    const demand = shopDemand([{ start, end, peak: 6 }]);
    shop = await openShop({ start: start - minutes(5), demand: (name, at) => (isMeasured ? demand(name, at) : null) });
    await announceSale(shop, start, end);
    await shop.moveTo(start + minutes(2));
    isMeasured = false;
    await shop.moveTo(start + minutes(22));
    const { minReplicas } = hpa().spec;
    expect(minReplicas).toBeGreaterThan(12);
    await shop.delete(stored.hpas, 'gateway');
    const [, autoscaler] = service('gateway');
    await shop.create(autoscaler ?? {});
    await shop.moveTo(start + minutes(24));
    expect(hpa().spec.minReplicas).toBe(minReplicas);
    expect(target().status.raised?.map(({ uid }) => uid)).toEqual([hpa().metadata.uid]);
  });
});

test('a raise of an operator without a ledger is recorded by the next one, once', async () => {
  await openSale();
  const kind = shop.store.collection(stored.targets).definition;
  const ref = { name: 'gateway', namespace: 'marketplace' };
  await shop.connection.resource(kind).merge(ref, { status: { raised: null } } as object, { sub: 'status' });
  await shop.moveTo(start + minutes(4));
  expect(target().status.raised).toMatchObject([{ name: 'gateway', minReplicas: 4, maxReplicas: 20 }]);
  await finish();
  expect(bounds()).toBe('4..20');
});
