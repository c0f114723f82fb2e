import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/html.ts';
import { calendarPage } from '../../../src/web/html/calendar-page.ts';
import { calendarView } from '../../../src/web/views/calendar-view.ts';
import { eveningShop } from '../../support/web/evening-shop.ts';
import { policyRecords } from '../../support/web/page-shop.ts';

const source = eveningShop();
const [namespace = ''] = source.namespaces();
const now = source.now();
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const render = (policies = policyRecords({})) => {
  const read = (name: string) => ({ ...source.read(name), policies });
  return html`${calendarPage(calendarView({ ...source, read }, [namespace]))}`.text;
};

test('a freeze window that is open says so, and when it ends', () => {
  const windows = [{ start: at(-1), end: at(2), sales: ['drop'] }];
  const page = render(policyRecords({}, { freeze: { active: true, windows } }));
  expect(page).toContain('pod templates change only by break-glass');
  expect(page).toContain('open now');
  expect(page).toContain('ends in 2 h');
});

test('the next twenty freeze windows are shown, and how many there are', () => {
  const windows = Array.from({ length: 30 }, (_, i) => ({ start: at(i + 1), end: at(i + 1.5), sales: ['daily'] }));
  const page = render(policyRecords({}, { freeze: { active: false, windows } }));
  expect(page).toContain('the next 20 of 30');
  expect(page).toContain('opens in 1 h');
});

test('weeks have a cost where the policy states it, and no such column where none does', () => {
  expect(render()).not.toContain('Cost');
  expect(render(policyRecords({ cost: { currency: 'EUR', replicaHour: 1 } }))).toMatch(/Cost[\s\S]*\d EUR/);
});
