import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { PlannedTarget } from '../../../src/api/sale-plan.ts';
import { prometheusSource } from '../../../src/observe/metrics/prometheus.ts';
import { type PrometheusEndpoint, startPrometheusEndpoint } from '../../../src/sandbox/prometheus-endpoint.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand } from '../../support/shop/sandbox-shop.ts';

/** A preview on a live namespace, whose demand a Prometheus has, beside the operator that plans the same. */
const start = Date.parse('2026-11-27T12:00:00Z');
const saleAt = start + minutes(7 * 60);
const pastAt = start - 7 * 86_400_000;
const folder = mkdtempSync(path.join(tmpdir(), 'headstart-live-'));
const settings = path.join(folder, 'settings.yaml');
const demand = shopDemand([{ start: pastAt, end: pastAt + minutes(120), peak: 5 }]);
const sale = flashSale('drop', saleAt, saleAt + minutes(120), { saleType: 'drop' });

let prometheus: PrometheusEndpoint;
let shop: Shop;

beforeAll(async () => {
  let now = start;
  const series = { query: 'gateway', windowSeconds: 60, mean: (from: number) => demand('gateway', from) };
  prometheus = await startPrometheusEndpoint([series], { now: () => now });
  shop = await openShop({ start, demand, sources: { prometheus: prometheusSource({ url: prometheus.url }) } });
  now = shop.clock.now();
  await shop.create(...service('gateway'), flashSale('before', pastAt, pastAt + minutes(120), { saleType: 'drop' }));
  writeFileSync(settings, stringify({ sources: { prometheus: { type: 'prometheus', url: prometheus.url } } }));
  writeFileSync(path.join(folder, 'sale.yaml'), stringify(sale));
});
afterAll(async () => {
  await shop.close();
  await prometheus.close();
  rmSync(folder, { recursive: true });
});

const plan = (...args: readonly string[]) => {
  const at = ['--at', new Date(shop.clock.now()).toISOString()];
  return runHere('plan', '-f', path.join(folder, 'sale.yaml'), ...at, ...args);
};
const live = () => ['--server', shop.connection.server];

describe('headstart plan on a live namespace', () => {
  test('plans what the operator plans once the sale is announced, and writes nothing', async () => {
    const before = shop.requests.length;
    const { code, stdout } = await plan(...live(), '--settings', settings, '-o', 'json');
    expect(code).toBe(0);
    expect([...new Set(shop.requests.slice(before).map(({ method }) => method))]).toEqual(['GET']);
    const [outlook, ...others] = JSON.parse(stdout).sales;
    expect(others).toEqual([]);
    expect(outlook.peakBasis).toMatch(/one past sale did \d(\.\d)?×/);

    const operator = await shop.operator();
    await operator.whenLeading();
    await shop.create(sale);
    await operator.idle();
    const record = shop.salePlans().find(({ spec }) => spec.sale.name === 'drop');
    const { plan: recorded } = record?.status ?? {};
    const said = (targets: readonly PlannedTarget[] = []) =>
      targets.map(({ target, steps, because }) => ({ target, steps, because: because.map(({ message }) => message) }));
    expect(said(recorded?.targets)).toEqual(said(outlook.targets));
    expect(Date.parse(recorded?.prescaleTime ?? '')).toBe(Date.parse(outlook.prescaleTime));
  });

  test('takes a sale that is announced already as edited', async () => {
    writeFileSync(
      path.join(folder, 'sale.yaml'),
      stringify({ ...sale, spec: { ...sale.spec, entryPoints: ['nobody'] } }),
    );
    const { code, stdout } = await plan(...live(), '--settings', settings);
    expect(stdout).toContain('Entry point nobody is no ScalingTarget');
    expect(code).toBe(1);
    writeFileSync(path.join(folder, 'sale.yaml'), stringify(sale));
  });

  test('takes files for the demand, and the sources for the targets of a folder', async () => {
    const targets = path.join(folder, 'targets');
    mkdirSync(targets);
    writeFileSync(path.join(targets, 'gateway.yaml'), stringify(service('gateway').at(-1)));
    const asked = prometheus.asked.length;
    const ofFolder = await plan('--targets', targets, '--settings', settings);
    expect(ofFolder.stdout).toMatch(/^ {2}gateway +4 +\d+ /m);
    expect(ofFolder.code).toBe(0);
    expect(prometheus.asked.length).toBeGreaterThan(asked);

    const rows = Array.from({ length: 3 * 1440 }, (_, i) => {
      const time = start - (3 * 1440 - i) * 60_000;
      return `${new Date(time).toISOString()},${10 * Number(demand('gateway', time))}`;
    });
    writeFileSync(path.join(folder, 'gateway.csv'), ['timestamp,value', ...rows].join('\n'));
    const ofFiles = await plan(...live(), '--history', path.join(folder, 'gateway.csv'));
    const peakOf = (text: string) => Number.parseFloat(/^ {2}gateway +\d+ +(\d+)/m.exec(text)?.[1] ?? '');
    expect(peakOf(ofFiles.stdout)).toBeGreaterThan(3 * peakOf(ofFolder.stdout));
  });

  test.each([
    ['neither sources nor files', [], 2, /say where demand is read: --settings with the metric sources, or --history/],
    [
      'another namespace than the sale',
      ['--settings', settings, '-n', 'other'],
      1,
      /the sale is in namespace marketplace and -n says other: leave one of them out/,
    ],
  ])('refuses %s', async (_, args, code, message) => {
    const refused = await plan(...live(), ...args);
    expect(refused.stderr).toMatch(message);
    expect(refused.code).toBe(code);
  });

  test('says of a namespace without targets what to do', async () => {
    const elsewhere = path.join(folder, 'elsewhere.yaml');
    writeFileSync(elsewhere, stringify({ ...sale, metadata: { name: 'drop', namespace: 'empty' } }));
    const refused = await runHere('plan', '-f', elsewhere, ...live(), '--settings', settings);
    expect(refused.stderr).toContain(
      'namespace empty has no ScalingTarget: name another one with -n, or adopt its HPAs',
    );
    expect(refused.code).toBe(1);
  });
});
