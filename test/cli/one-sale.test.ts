import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSalePlans } from '../../src/approve/read-sale-plans.ts';
import { explain } from '../../src/cli/explain.ts';
import { findReport, formatReport } from '../../src/cli/report.ts';
import { wallClock } from '../../src/cli/wall-clock.ts';
import { restoreAll } from '../../src/operator/restore-all.ts';
import type { Operator } from '../../src/operator/start-operator.ts';
import { explained } from '../support/cli/explained.ts';
import { runHere } from '../support/cli/run-here.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');
const namespace = 'marketplace';

let shop: Shop;
let operator: Operator;

beforeAll(async () => {
  shop = await openShop({ start: start - minutes(3), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(...service('gateway'));
  operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
});
afterAll(() => shop.close());

describe('what a person asks on the way through a sale', () => {
  test('explain: why, from the forecast to the bounds, for a target, a sale and a plan', async () => {
    const ofTarget = await explained(shop.connection, { name: 'gateway', namespace });
    expect(ofTarget).toMatch(/^ScalingTarget marketplace\/gateway\n/);
    expect(ofTarget).toMatch(
      /SalePlan marketplace\/sneaker-drop-20261127-1900, revision 1: raised from 2026-11-27T18:5/,
    );
    expect(ofTarget).toMatch(
      /^ {2}peak: you said [\d.]+×; no past sale was measured; planned for [\d.]+×, safe to [\d.]+×$/m,
    );
    expect(ofTarget).toMatch(
      /^ {2}range: up to [\d.]+ times the expected peak, all of that range because sales differ in general, and few of this shop are known \(narrower with past sales with their times\)$/m,
    );
    expect(ofTarget).toMatch(/replicas/);
    expect(ofTarget).toMatch(/from 2026-11-27T19:05:00Z +4\.\.20/);
    for (const name of ['sneaker-drop', 'sneaker-drop-20261127-1900'])
      expect(await explained(shop.connection, { name, namespace })).toContain('gateway');
  });

  test('explain: says what is not there', async () => {
    await expect(explain(shop.connection, { name: 'nobody', namespace })).rejects.toThrow(
      'no ScalingTarget, FlashSale or SalePlan is called nobody in namespace marketplace',
    );
  });

  test('explain -o: the same objects as names, JSON and YAML, with the times of a table in the zone of the sale', async () => {
    const run = (...args: readonly string[]) =>
      runHere('explain', 'sneaker-drop', '-n', namespace, '--server', shop.connection.server, ...args);
    expect((await run('-o', 'name')).stdout).toBe(
      'flashsale.headstart.dev/sneaker-drop\nsaleplan.headstart.dev/sneaker-drop-20261127-1900\n',
    );
    const { sale, plans } = JSON.parse((await run('-o', 'json')).stdout);
    expect([sale.metadata.name, plans.length]).toEqual(['sneaker-drop', 1]);
    expect(parse((await run('-o', 'yaml')).stdout).plans).toEqual(plans);
    const utc = (await run('--utc')).stdout;
    expect(utc).toMatch(/from 2026-11-27 19:05 +4\.\.20/);
    expect(utc).toMatch(/\nTimes are in UTC\.\n$/);
    const zone = plans[0].spec.sale.spec.timeZone;
    await shop.patch(stored.plans, plans[0].metadata.name, { spec: { sale: { spec: { timeZone: 'Asia/Tokyo' } } } });
    const local = (await run()).stdout;
    expect(local).toMatch(/from 2026-11-28 04:05 +4\.\.20/);
    expect(local).toMatch(/\nTimes are in Asia\/Tokyo\.\n$/);
    expect(local).not.toMatch(/\dT\d\d:\d\d/);
    await shop.patch(stored.plans, plans[0].metadata.name, { spec: { sale: { spec: { timeZone: zone } } } });
  });

  test('report: says that the sale is not over', async () => {
    const plans = await readSalePlans(shop.connection, namespace);
    expect(() => findReport(plans, 'sneaker-drop', namespace)).toThrow(/has no report yet/);
    expect(() => findReport(plans, 'other', namespace)).toThrow(/no SalePlan of other/);
  });

  test('restore --all: says what it would do, then does it, without an operator', async () => {
    await shop.moveTo(start + minutes(1));
    await shop.kill(operator);
    const raised = shop.bounds.at(-1);
    const input = { connection: shop.connection, clock: wallClock, waitMs: 0 };
    const dry = await restoreAll({ ...input, dryRun: true });
    expect(dry).toMatchObject([
      { namespace, name: 'gateway', isRestored: false, message: expect.stringContaining('4..') },
    ]);
    const before = shop.requests.length;
    expect(await restoreAll({ ...input, dryRun: 'server' })).toMatchObject([
      { namespace, name: 'gateway', isRestored: false, message: expect.stringMatching(/^Written: .*→ 4\.\./) },
    ]);
    const written = shop.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(({ url }) => !url.includes('dryRun=All'))).toEqual([]);
    const shown = await runHere('restore', '--all', '-n', namespace, '--server', shop.connection.server, '--dry-run');
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/WHAT \(server dry run\)\n.*would be written: /),
    });
    expect(shop.bounds.at(-1)).toEqual(raised);

    const [first] = await restoreAll({ ...input, dryRun: false });
    expect(shop.bounds.at(-1)?.minReplicas).toBe(4);
    expect(first).toMatchObject({ isRestored: false, message: expect.stringContaining('maximum stays') });

    await shop.moveTo(end + minutes(8));
    expect(await restoreAll({ ...input, dryRun: false })).toMatchObject([{ name: 'gateway', isRestored: true }]);
    expect(shop.bounds.at(-1)).toMatchObject({
      minReplicas: 4,
      maxReplicas: 20,
      floor: undefined,
      floorMax: undefined,
    });
    expect(shop.get(stored.targets, 'gateway').metadata.finalizers ?? []).toEqual([]);
    expect(await restoreAll({ ...input, dryRun: false })).toEqual([]);
  });

  test('restore --all: names a raised HPA also where none of our objects is left', async () => {
    const [deployment, hpa] = service('leftover', { namespace: 'closed' });
    const metadata = { name: 'leftover', namespace: 'closed', annotations: { 'headstart.dev/floor': '35' } };
    const spec = { ...(hpa as unknown as { spec: object }).spec, minReplicas: 35, maxReplicas: 53 };
    await shop.create(deployment ?? {}, { ...hpa, metadata, spec });
    const input = { connection: shop.connection, clock: wallClock, waitMs: 0, dryRun: false };
    expect(await restoreAll(input)).toMatchObject([
      { namespace: 'closed', name: 'hpa/leftover', isRestored: false, message: expect.stringContaining('by hand') },
    ]);
    await shop.delete(stored.hpas, 'leftover', 'closed');
    expect(await restoreAll(input)).toEqual([]);
  });

  test('report: forecast against actual, in a table', async () => {
    const again = await shop.operator();
    await again.whenLeading();
    await shop.moveTo(end + minutes(9));
    const text = formatReport(findReport(await readSalePlans(shop.connection, namespace), 'sneaker-drop', namespace));
    expect(text).toMatch(/TARGET +WAPE +BIAS +PEAK/);
    expect(text).toMatch(/gateway +.*\d+ min/);
    expect(text).toMatch(/expectedPeakPercent: \d+/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
