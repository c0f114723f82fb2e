import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/html.ts';
import { rangeNote, stepTable } from '../../../src/web/html/explanation.ts';
import { salePage } from '../../../src/web/html/sale-page.ts';
import { servicePage } from '../../../src/web/html/services-page.ts';
import { saleView } from '../../../src/web/views/sale-view.ts';
import { serviceView } from '../../../src/web/views/service-view.ts';
import { eveningShop } from '../../support/web/evening-shop.ts';

const source = eveningShop();
const [namespace = ''] = source.namespaces();

test('a sale and each of its services say how far above the expected peak demand may go, in one wording', () => {
  const [sale, service] = [saleView(source, { namespace, name: 'later' }), serviceView(source, namespace, 'gateway')];
  if (sale?.peakRange === undefined || service === undefined) throw new Error('no range is recorded');
  const said = html`${rangeNote(sale.peakRange)}`.text;
  expect(said).toMatch(/^<p class="quiet">Demand may be up to 1\.8 times the expected peak, .*\.<\/p>$/);
  expect(html`${salePage(sale, {})}`.text).toContain(said);
  const page = html`${servicePage(service)}`.text;
  expect(page.indexOf(said)).toBeGreaterThan(page.indexOf('later-'));
  expect(page.split('Demand may be')).toHaveLength(2);
});

test('says nothing of a range that has no reason', () => {
  expect(html`${rangeNote(undefined)}`.text).toBe('');
});

test('the reason of a step stands in a column that is wide enough for a sentence', () => {
  const step = { rule: 'sharedLimit', value: 36, unit: 'replicas', message: 'limit postgres of 400 leaves 36 of 50' };
  expect(stepTable([step]).text).toContain('<td class="sentence">limit postgres');
});

test('every table of a service has a name of its own, by which a reader of the screen tells them apart', () => {
  const view = serviceView(source, namespace, 'checkout');
  if (view === undefined) throw new Error('no checkout');
  const names = [...html`${servicePage(view)}`.text.matchAll(/role="region" aria-label="([^"]*)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(5);
  expect(new Set(names).size).toBe(names.length);
});
