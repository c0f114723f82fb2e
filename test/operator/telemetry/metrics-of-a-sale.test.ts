import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../support/free-port.ts';
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
const end = Date.parse('2026-11-27T19:10:00Z');

let shop: Shop;
afterEach(() => shop.close());

test('a sale is on /metrics from its announcement to its end, its target until it is deleted', async () => {
  const port = await freePort();
  shop = await openShop({ start: start - minutes(7), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(...service('gateway'));
  const operator = await shop.operator({ settings: { listen: { health: 'off', metrics: `127.0.0.1:${port}` } } });
  await operator.whenLeading();
  const scrape = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return text.split('\n').filter(line => line.includes('namespace="marketplace"'));
  };
  const told = async (name: string) => {
    const line = (await scrape()).find(each => each.startsWith(`${name}{`));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const verdict = async () =>
    (await scrape()).flatMap(line => (/^headstart_sale_verdict.*verdict="(\w+)"/.exec(line) ?? []).slice(1));

  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
  const noPodYet =
    'headstart_sale_findings{namespace="marketplace",sale="sneaker-drop",sale_plan="sneaker-drop-20261127-1900",condition="Feasible",reason="NoReadyPod"} 1';
  expect(await scrape()).toContain(noPodYet);
  expect(await verdict()).toEqual(['AtRisk']);

  await shop.moveTo(start - minutes(4));
  expect(await scrape()).not.toContain(noPodYet);
  expect(await verdict()).toEqual(['NotDue']);
  expect(await told('headstart_sale_start_timestamp_seconds')).toBe(start / 1000);
  expect(await told('headstart_raised_until_timestamp_seconds')).toBeUndefined();

  await shop.moveTo(start + minutes(1));
  expect(await verdict()).toEqual(['Go']);
  expect(await told('headstart_raised_until_timestamp_seconds')).toBe(end / 1000);
  const floor = (await told('headstart_floor_replicas')) ?? 0;
  expect(floor).toBeGreaterThan(4);
  expect(await told('headstart_ready_replicas')).toBeGreaterThanOrEqual(floor);
  expect(await told('headstart_contested_reconciles_total')).toBe(0);

  await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 20 } }, 'argocd');
  await operator.idle();
  expect(await told('headstart_contested_reconciles_total')).toBeGreaterThan(0);

  await shop.moveTo(end + minutes(30));
  expect(await verdict()).toEqual([]);
  expect(await told('headstart_raised_until_timestamp_seconds')).toBeUndefined();

  await shop.delete(stored.targets, 'gateway');
  await operator.idle();
  expect((await scrape()).filter(line => line.includes('target="gateway"'))).toEqual([]);

  await shop.delete(stored.sales, 'sneaker-drop');
  await shop.delete(stored.policies, 'default');
  for (const { metadata } of shop.salePlans()) await shop.delete(stored.plans, metadata.name);
  await operator.idle();
  await shop.moveTo(end + minutes(32));
  expect(await scrape()).toEqual([]);
}, 60_000);
