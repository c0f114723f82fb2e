import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/html.ts';
import { limitTable } from '../../../src/web/html/limit-table.ts';
import { saleView } from '../../../src/web/views/sale-view.ts';
import { servicesView, serviceView } from '../../../src/web/views/service-view.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

const source = pageSourceOf({
  now: '2026-11-27T12:00:00Z',
  sales: [
    { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
  ],
  targets: {
    gateway: { spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 250 }] }, forecast: 100 },
    checkout: { spec: { ceiling: 30 }, forecast: 25 },
  },
});
const [namespace = ''] = source.namespaces();
const view = saleView(source, { namespace, name: 'drop' });

test('a sale is found by its own name and by that of its SalePlan', () => {
  expect(saleView(source, { namespace, name: 'drop-20261127-1900' })).toEqual(view);
  expect(saleView(source, { namespace, name: 'nothing' })).toBeUndefined();
});

test('it says what is raised, and why', () => {
  expect(view).toMatchObject({ stage: 'Coming', statedPercent: 500, revision: 1, servicesLeftOut: 0 });
  const gateway = view?.services.find(({ target }) => target === 'gateway');
  expect(gateway).toMatchObject({ isEntryPoint: true, sharePercent: 100, afterwards: { minReplicas: 4 } });
  expect(gateway?.highest.minReplicas).toBeGreaterThan(40);
  expect(gateway?.because.map(({ rule }) => rule)).toContain('forecast');
});

test('it has the forecast of the whole sale, P50 below P95, and the planned bounds', () => {
  const { demand, replicas } = view?.services.find(({ target }) => target === 'gateway') ?? {};
  const forecast = demand?.t.filter((_, index) => demand.p50[index] !== null) ?? [];
  expect(forecast.at(0)).toBeLessThanOrEqual(Date.parse('2026-11-27T19:00:00Z'));
  expect(forecast.at(-1)).toBeGreaterThanOrEqual(Date.parse('2026-11-27T20:55:00Z'));
  expect(demand?.p95.every((upper, index) => upper === null || upper >= (demand.p50[index] ?? 0))).toBe(true);
  expect(replicas?.floor.at(-1)).toBe(4);
});

test('it draws who calls whom, entry points first', () => {
  expect(view?.calls.nodes.map(({ target, layer }) => [target, layer])).toEqual([
    ['gateway', 0],
    ['checkout', 1],
  ]);
  expect(view?.calls.edges).toEqual([{ from: 'gateway', to: 'checkout', ratio: 0.25 }]);
});

test('a service says what is in force, and the steps to it', () => {
  expect(servicesView(source, [namespace]).services.map(({ target }) => target)).toEqual(['checkout', 'gateway']);
  const service = serviceView(source, namespace, 'gateway');
  expect(service).toMatchObject({ ceiling: 240, statedLeadTimeSeconds: 90, bounds: { minReplicas: 4 } });
  expect(serviceView(source, namespace, 'nothing')).toBeUndefined();
});

test('a service in a sale says how its bounds came about', () => {
  const running = pageSourceOf({
    now: '2026-11-27T19:30:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
    ],
    targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
  });
  const service = serviceView(running, running.namespaces()[0] ?? '', 'gateway');
  expect(service?.because.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['forecast', 'replicas']));
});

test('one service is drawn: the one that is asked for, else the entry point', () => {
  const drawn = (service: string | undefined) =>
    saleView(source, { namespace, name: 'drop' }, { service })
      ?.services.filter(({ demand, replicas }) => demand !== undefined && replicas !== undefined)
      .map(({ target }) => target);
  expect([drawn('checkout'), drawn(undefined), drawn('nothing')]).toEqual([['checkout'], ['gateway'], ['gateway']]);
});

test('its limits are a table: how much is used, what lacks, who gets less, what lifts it', () => {
  const bound = pageSourceOf({
    now: '2026-11-27T12:00:00Z',
    policy: { limits: [{ name: 'db', total: 400 }] },
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      orders: { spec: { entryPoint: true, uses: [{ limit: 'db', perReplica: 20 }] }, forecast: 30 },
    },
  });
  const { limits } = saleView(bound, { namespace: 'shop', name: 'drop' }) ?? {};
  const { text } = html`${limitTable(limits)}`;
  expect(text).toMatch(/db<.*400<.*400 \(100 %\)<.*580<.*180<.*orders: 20 of 29 replicas<.*180 more of it, a pooler/);
  expect(text).toContain('caps.replicasPerNamespace');
  expect(limitTable(undefined)).toBeUndefined();
});
