import { afterEach, describe, expect, test } from 'vitest';
import type { ScalingTargetStatus } from '../../src/api/scaling-target.ts';
import { scalingTargets } from '../../src/kube/resources/resource-kind.ts';
import { explained } from '../support/cli/explained.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:40:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale() {
  shop = await openShop({ start: start - minutes(3), demand: shopDemand([{ start, end, peak: 6 }]) });
  return announceSale(shop, start, end);
}

const statusOf = () => (shop.get(stored.targets, 'gateway') as never as { status: ScalingTargetStatus }).status;
const inForce = () => statusOf().conditions?.find(({ type }) => type === 'BoundsInForce')?.message ?? '';
const logged = () =>
  shop.logged
    .filter(({ message, facts }) => message === 'written' && 'part' in facts && facts.part === 'Bounds')
    .map(({ facts }) => facts as { readonly what: string; readonly because: readonly string[] });
const notes = () =>
  shop.store
    .collection('events.events.k8s.io')
    .list('marketplace')
    .map(event => (event as never as { note: string }).note);
const statusWrites = () =>
  shop.requests.filter(({ method, url }) => method === 'PATCH' && url.includes('/scalingtargets/gateway/status'))
    .length;
const ask = () => explained(shop.connection, { name: 'gateway', namespace: 'marketplace' });

/** Moves on in ticks until the floor is below `replicas`. */
async function whenBelow(replicas: number, until: number): Promise<void> {
  while ((shop.bounds.at(-1)?.minReplicas ?? 0) >= replicas && shop.clock.now() < until)
    await shop.moveTo(shop.clock.now() + 15_000);
}

const sank =
  /^gateway (\d+) → \d+: the forecast's peak of sneaker-drop was over at 19:0\d UTC, demand \d+ s old, P95 of the rest [\d ]+(\.\d)?\/s$/;

describe('why a floor sank', () => {
  test('is told in the same words by the log, an Event, the status and explain, with the steps behind it', async () => {
    await openSale();
    await shop.moveTo(start);
    expect(logged().at(-1)?.what).toMatch(/^gateway 4 → \d+, max 20 → \d+: sneaker-drop starts at 19:00 UTC, P95/);

    await whenBelow(shop.bounds.at(-1)?.minReplicas ?? 0, end);
    const { what = '', because = [] } = logged().at(-1) ?? {};
    expect(what).toMatch(sank);
    expect(because.some(step => step.includes('headroom'))).toBe(true);
    expect(notes()).toContain(what);
    expect(inForce()).toBe(`${what}.`);
    const reason = what.split(': ').slice(1).join(': ');
    expect(statusOf().lastChange?.because.find(({ rule }) => rule === 'sink')?.message).toBe(reason);
    const text = await ask();
    expect(text).toContain(`${what}.`);
    expect(text).toMatch(/ {2}last change 2026-11-27T19:\d\d:\d\dZ\n {4}forecast/);
    expect(text).toContain(reason);
  });

  test('is written with the change and not at the ticks after it, nor by a restarted operator', async () => {
    const operator = await openSale();
    await shop.moveTo(start);
    await whenBelow(shop.bounds.at(-1)?.minReplicas ?? 0, end);
    const [told, lastChange, before, changes] = [inForce(), statusOf().lastChange, statusWrites(), shop.bounds.length];

    // within the minute: the next sample may let the floor sink further, which is a change of its own
    await shop.moveTo(shop.clock.now() + 15_000);
    await shop.kill(operator);
    await (await shop.operator()).whenLeading();
    await shop.moveTo(shop.clock.now() + 15_000);

    expect(shop.bounds).toHaveLength(changes);
    expect([inForce(), statusOf().lastChange, statusWrites()]).toEqual([told, lastChange, before]);
  });

  test('gives way to the restore, whose words stand after the sale', async () => {
    await openSale();
    await shop.moveTo(end + minutes(12));
    const restored =
      /^gateway (\d+ → 4, )?max \d+ → 20: sneaker-drop ended at 2026-11-27T19:40:00Z; restored to the baseline/;
    expect(logged().at(-1)?.what).toMatch(restored);
    expect(inForce()).toMatch(restored);
    const before = statusWrites();
    await shop.moveTo(end + minutes(45));
    expect(inForce()).toMatch(restored);
    expect(statusWrites()).toBe(before);
  });
});

test('why a floor does not sink is told by Ready, and a crash between a change and its status loses no sentence', async () => {
  const operator = await openSale();
  // 51.7 replicas, so that no rounding tells the need at the raise from the one after the crash.
  await shop.patch(stored.targets, 'gateway', { spec: { capacityPerReplica: '44.5' } });
  await shop.moveTo(start - minutes(1));
  const raised = inForce();
  const forgotten = { status: { floor: 4, bounds: { minReplicas: 4, maxReplicas: 20 } } };
  await shop.kill(operator);
  await shop.connection
    .resource(scalingTargets)
    .merge({ name: 'gateway', namespace: 'marketplace' }, forgotten, { sub: 'status' });
  await (await shop.operator()).whenLeading();
  await shop.moveTo(start - minutes(1) + 30_000);
  expect(raised).toMatch(/^gateway 4 → /);
  expect(inForce()).toMatch(/^gateway is at \d+\.\.\d+: sneaker-drop starts at 19:00 UTC, P95/);

  await shop.moveTo(start + minutes(5));
  const ready = statusOf().conditions?.find(({ type }) => type === 'Ready')?.message;
  expect(ready).toMatch(/^\d+ replicas are held: the forecast's peak of sneaker-drop, until .*, is not over\.$/);
});

test('an ordinary peak, which has no SalePlan, is explained just so', async () => {
  const evening = Date.parse('2026-11-27T19:00:00Z');
  shop = await openShop({ start: evening, demand: shopDemand([]) });
  await shop.create(...service('gateway', { spec: { ordinaryPeaks: true, capacityPerReplica: '10' } }));
  const operator = await shop.operator();
  await operator.whenLeading();
  await operator.idle();
  await shop.moveTo(evening + minutes(1));
  await whenBelow(shop.bounds.at(-1)?.minReplicas ?? 0, evening + minutes(90));
  expect(inForce()).toMatch(
    /^gateway \d+ → \d+: demand \d+ s old, P95 of an ordinary day until \d\d:\d\d UTC [\d.]+\/s\.$/,
  );
  expect(await ask()).toMatch(/last change .*\n {4}forecast .*an ordinary day[\s\S]*\n {4}sink /);
});
