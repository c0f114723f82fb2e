import { afterEach, expect, test, vi } from 'vitest';
import { isMissing } from '../../../src/api/missing.ts';
import { html } from '../../../src/report/html/html.ts';
import { servicePage } from '../../../src/web/html/services-page.ts';
import { saleView } from '../../../src/web/views/sale-view.ts';
import { serviceView } from '../../../src/web/views/service-view.ts';
import { explained } from '../../support/cli/explained.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand } from '../../support/shop/sandbox-shop.ts';

const now = Date.parse('2026-11-27T12:30:00Z');
const hourMs = 3_600_000;
const namespace = 'marketplace';

let shop: Shop;
afterEach(() => shop.close());

/** A shop whose gateway sees a sale tomorrow and another in three hours. */
async function openWithSales() {
  shop = await openShop({ start: now, demand: shopDemand([]) });
  await shop.create(
    ...service('gateway'),
    flashSale('soon', now + 3 * hourMs, now + 4 * hourMs),
    flashSale('tomorrow', now + 24 * hourMs, now + 26 * hourMs),
  );
  const operator = await shop.operator();
  await shop.moveTo(now + minutes(1));
  return operator.sight;
}

test('who looks at a service sees the coming six hours, with the sale in them, once they are made', async () => {
  const sight = await openWithSales();
  const before = sight.revision;
  expect(sight.hoursAhead(namespace, 'gateway')).toBeUndefined();
  const ahead = await vi.waitUntil(() => sight.hoursAhead(namespace, 'gateway'), { timeout: 60_000 });
  if (isMissing(ahead)) throw new Error(ahead.missing);
  expect(sight.revision).toBeGreaterThan(before);
  expect(ahead.start + ahead.steps * ahead.stepSeconds * 1000).toBeGreaterThanOrEqual(now + 6 * hourMs);

  const view = serviceView(sight, namespace, 'gateway');
  expect(view).not.toHaveProperty('aheadMissing');
  const peakAt = view?.recent.p50.indexOf(Math.max(...view.recent.p50.map(value => value ?? 0))) ?? -1;
  const peakTime = view?.recent.t[peakAt] ?? 0;
  expect(peakTime).toBeGreaterThanOrEqual(now + 3 * hourMs);
  expect(peakTime).toBeLessThan(now + 4 * hourMs);
});

test('who looks at a sale of tomorrow, which no reconcile plans, sees its forecast and its limits', async () => {
  const sight = await openWithSales();
  const look = () => saleView(sight, { namespace, name: 'tomorrow' }, { service: undefined });
  await vi.waitUntil(() => look()?.limits, { timeout: 60_000 });
  const demand = look()?.services[0]?.demand;
  const forecast = demand?.t.filter((_, index) => demand.p95[index] !== null) ?? [];
  expect(forecast[0]).toBeLessThanOrEqual(now + 24 * hourMs);
  expect(forecast.at(-1)).toBeGreaterThan(now + 25 * hourMs);
});

test('a service that nobody has, and a replica that no longer leads, have nothing to show', async () => {
  const sight = await openWithSales();
  sight.hoursAhead(namespace, 'nothing');
  const told = await vi.waitUntil(() => sight.hoursAhead(namespace, 'nothing'), { timeout: 60_000 });
  expect(told).toEqual({ missing: 'no forecast was made' });
  sight.clear();
  expect(sight.hoursAhead(namespace, 'gateway')).toBeUndefined();
  expect(serviceView(sight, namespace, 'gateway')?.aheadMissing).toContain('does not lead');
});

test('a service tells the page all that it tells `explain`, in the same words', async () => {
  const sight = await openWithSales();
  await shop.moveTo(now + 3 * hourMs);
  const told = await explained(shop.connection, { name: 'gateway', namespace }, { now: shop.clock.now() });
  const view = serviceView(sight, namespace, 'gateway');
  if (view === undefined) throw new Error('no gateway');
  const page = decode(html`${servicePage(view)}`.text);
  const words = told
    .split('\n')
    .slice(1)
    .flatMap(line => line.split(/ {2,}/))
    .map(cell =>
      cell.trim().replace(/^(risk:|peak:|range:|lead time|capacity|calls|last change|SalePlan marketplace\/\S+,) /, ''),
    )
    .filter(cell => cell !== '');
  expect(words.length).toBeGreaterThan(25);
  expect(words.filter(cell => !page.includes(cell))).toEqual([]);
});

/** The text of a page, without its tags. */
function decode(page: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return page.replace(/<[^>]*>/g, ' ').replace(/&(#?\w+);/g, (whole, name) => named[name] ?? whole);
}
