import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/apiserver/objects/kube-object.ts';
import { autoscalers } from '../../src/kube/resources/resource-kind.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored, tickMs } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T20:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale() {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([{ start, end, peak: 6 }]) });
  await announceSale(shop, start, end);
}

type HpaObject = KubeObject & { readonly spec: object };

/** A GitOps tool that puts its own bounds back at every tick of `everyMs` from now until `until`. */
async function revertUntil(until: number, everyMs = tickMs): Promise<void> {
  while (shop.clock.now() < until) {
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 20 } }, 'argocd');
    await shop.moveTo(shop.clock.now() + everyMs, everyMs);
  }
}

/** When the operator wrote the HPA. */
const answers = () =>
  shop.requests
    .filter(
      ({ method, url }) =>
        method === 'PATCH' && url.includes('/horizontalpodautoscalers/') && url.includes('=headstart'),
    )
    .map(({ at }) => at);
const most = (times: readonly number[], spanMs: number) =>
  Math.max(0, ...times.map(from => times.filter(time => time >= from && time < from + spanMs).length));

describe('another writer that puts the bounds back', () => {
  test('is answered every 30 s around the start and six times an hour after it, and named', async () => {
    await openSale();
    await shop.moveTo(start - minutes(1));
    await revertUntil(start + minutes(12));
    await revertUntil(start + minutes(75), minutes(1));
    const early = answers().filter(at => at < start + minutes(10));
    const late = answers().filter(at => at >= start + minutes(10));
    expect(most(early, 30_000)).toBe(1);
    expect(early.length).toBeGreaterThan(15);
    expect(most(late, 3_600_000)).toBeLessThanOrEqual(6);
    expect(late.length).toBeGreaterThanOrEqual(5);
    const { status } = shop.get(stored.targets, 'gateway') as never as {
      status: { conditions: { type: string; message: string }[] };
    };
    expect(status.conditions.find(({ type }) => type === 'Contested')).toMatchObject({
      status: 'True',
      message: expect.stringContaining('argocd'),
    });
    const notes = shop.store
      .collection('events.events.k8s.io')
      .list('marketplace')
      .map(event => JSON.stringify(event));
    expect(notes.some(note => note.includes('argocd'))).toBe(true);
  });

  test('does not hold up the first raise of the next sale, nor the restore', async () => {
    await openSale();
    await shop.moveTo(start - minutes(3));
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 20 } }, 'argocd');
    await shop.moveTo(start - minutes(1));
    expect(shop.bounds.at(-1)?.floor).toBeDefined();
    await shop.patch(stored.sales, 'sneaker-drop', { spec: { endTime: new Date(start + minutes(2)).toISOString() } });
    await shop.moveTo(start + minutes(1.5));
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 9, maxReplicas: 20 } }, 'argocd');
    await shop.moveTo(start + minutes(4));
    expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, floor: undefined });
  });

  test('that asks for more than the floor is left alone', async () => {
    await openSale();
    await shop.moveTo(start);
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 90, maxReplicas: 120 } }, 'kubectl-edit');
    await shop.moveTo(start + minutes(2));
    expect(shop.bounds.at(-1)?.minReplicas).toBe(90);
    expect(shop.bounds.at(-1)?.maxReplicas).toBeGreaterThanOrEqual(120);
  });
});

test('another manager that owns our annotations, too, holds up no restore and costs no writes', async () => {
  await openSale();
  await shop.moveTo(start + minutes(20));
  const exported = shop.get<HpaObject>(stored.hpas, 'gateway');
  const { name, namespace, annotations } = exported.metadata;
  const { apiVersion, kind, spec } = exported;
  const hpas = shop.connection.resource(autoscalers);
  await hpas.apply({ apiVersion, kind, metadata: { name, namespace, annotations }, spec } as never, {
    fieldManager: 'kubectl',
  });
  await shop.patch(stored.sales, 'sneaker-drop', { spec: { endTime: new Date(start + minutes(25)).toISOString() } });
  await shop.moveTo(start + minutes(27));
  expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, floor: undefined });
  await shop.moveTo(start + minutes(45));
  expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, maxReplicas: 20, floor: undefined, floorMax: undefined });
  expect(answers().filter(at => at >= start + minutes(25)).length).toBeLessThanOrEqual(3);
  await shop.delete(stored.targets, 'gateway');
  await shop.moveTo(start + minutes(47));
  expect(shop.find(stored.targets, 'gateway')).toBeUndefined();
});
