import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FlashSaleStatus } from '../../../src/api/flash-sale.ts';
import type { Operator } from '../../../src/operator/start-operator.ts';
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
const end = start + minutes(20);
const second = start + minutes(60);

let shop: Shop;
afterEach(() => shop.close());

/** Deals at 19:00 and 20:00 of every day, three of them: two today and one tomorrow. */
async function openDeals(recurrence: object = { rule: 'FREQ=DAILY;BYHOUR=19,20;COUNT=3' }): Promise<Operator> {
  const demand = shopDemand([start, second].map(at => ({ start: at, end: at + minutes(20), peak: 6 })));
  shop = await openShop({ start: start - minutes(20), demand });
  await shop.create(...service('gateway', {}));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('deals', start, end, { recurrence }));
  await operator.idle();
  return operator;
}

const names = () =>
  shop
    .salePlans()
    .map(({ metadata }) => metadata.name)
    .sort();
const live = () => shop.bounds.at(-1)?.minReplicas ?? 4;
const edit = (spec: object) => shop.patch(stored.sales, 'deals', { spec });
const status = () => (shop.get(stored.sales, 'deals') as never as { status: FlashSaleStatus }).status;
const message = (type: string) => status().conditions?.find(condition => condition.type === type)?.message;

test("the merchandiser's example has a SalePlan for each date within 35 days, and none on Christmas Day", async () => {
  const page = readFileSync('docs/merchandiser.md', 'utf8');
  const [, text = ''] = /^```yaml\n([^`]*name: friday-deals[^`]*)^```$/m.exec(page) ?? [];
  const example = parse(text);
  shop = await openShop({ start: Date.parse('2026-12-02T09:00:00Z'), demand: shopDemand([]) });
  await shop.create(...service('gateway', {}));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create({ ...example, metadata: { ...example.metadata, namespace: 'marketplace' } });
  await operator.idle();
  await shop.moveTo(Date.parse('2026-12-02T09:02:00Z'));
  expect(names()).toEqual(
    ['1204', '1211', '1218'].map(day => `friday-deals-2026${day}-1700`).concat('friday-deals-20270101-1700'),
  );
  const { status: told } = shop.get(stored.sales, 'friday-deals') as never as { status: FlashSaleStatus };
  expect(told.startTime).toBe('2026-12-04T18:00:00+01:00');
  expect(told.conditions?.find(({ type }) => type === 'Accepted')?.message).toContain('exceptDates: 2026-12-25.');
});

describe('a recurring sale', () => {
  test('has a SalePlan for each date with its times, and its status describes the next', async () => {
    const operator = await openDeals();
    await shop.moveTo(start - minutes(10));
    await operator.idle();
    expect(names()).toEqual(['deals-20261127-1900', 'deals-20261127-2000', 'deals-20261128-1900']);
    const plans = shop.salePlans().toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    expect(plans.map(({ spec }) => spec.sale.occurrence)).toEqual([
      { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T19:20:00Z' },
      { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T20:20:00Z' },
      { startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T19:20:00Z' },
    ]);
    expect(plans.every(({ status: own }) => own?.plan?.targets.length === 1)).toBe(true);
    expect(status()).toMatchObject({ startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T19:20:00Z' });
    expect(message('Accepted')).toContain(
      'It recurs by FREQ=DAILY;BYHOUR=19,20;COUNT=3; the next date is 2026-11-27T19',
    );
    expect(status().plans).toHaveLength(3);
  });

  test('is raised for each date and restored between them, and its status goes on to the next', async () => {
    await openDeals();
    await shop.moveTo(start + minutes(2));
    expect(live()).toBeGreaterThan(15);
    expect(message('Accepted')).toContain('the next date is 2026-11-27T20:00:00Z');
    await shop.moveTo(end + minutes(15));
    expect(live()).toBe(4);
    expect(status()).toMatchObject({ startTime: '2026-11-27T20:00:00Z' });
    await shop.moveTo(second + minutes(2));
    expect(live()).toBeGreaterThan(15);
    await shop.moveTo(second + minutes(35));
    expect(live()).toBe(4);
    expect(status()).toMatchObject({ startTime: '2026-11-28T19:00:00Z' });
    const reviewed = shop.salePlans().filter(plan => plan.status?.review !== undefined);
    expect(reviewed.map(({ metadata }) => metadata.name).sort()).toEqual([
      'deals-20261127-1900',
      'deals-20261127-2000',
    ]);
    expect(shop.salePlans().every(plan => (plan.status?.edits ?? []).length === 0)).toBe(true);
  });

  test('that is moved while a date runs moves only the others', async () => {
    await openDeals();
    await shop.moveTo(start + minutes(3));
    await edit({
      startTime: new Date(start + minutes(180)).toISOString(),
      endTime: new Date(end + minutes(180)).toISOString(),
      recurrence: { rule: 'FREQ=DAILY;COUNT=2' },
    });
    await shop.moveTo(start + minutes(7));
    expect(live()).toBeGreaterThan(10);
    expect(status()).toMatchObject({ startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T19:20:00Z' });
    await shop.moveTo(second + minutes(2));
    expect(live()).toBe(4);
    expect(status()).toMatchObject({ startTime: '2026-11-27T22:00:00Z' });
    expect(names()).toContain('deals-20261127-2200');
  });

  test('skips a date that is excepted, says so, and goes on', async () => {
    await openDeals({ rule: 'FREQ=DAILY;COUNT=2', exceptDates: ['2026-11-27'] });
    expect(names()).toEqual(['deals-20261128-1900']);
    await shop.moveTo(start + minutes(3));
    expect(live()).toBe(4);
    await edit({ recurrence: { rule: 'FREQ=DAILY;COUNT=3', exceptDates: ['2026-11-27', '2026-11-29'] } });
    await shop.moveTo(start + minutes(4));
    expect(message('Accepted')).toContain('; skipped by exceptDates: 2026-11-29.');
  });

  test('ends a date that is excepted while it runs, and keeps the others', async () => {
    await openDeals({ rule: 'FREQ=DAILY;COUNT=2' });
    await shop.moveTo(start + minutes(5));
    expect(live()).toBeGreaterThan(15);
    await edit({ recurrence: { rule: 'FREQ=DAILY;COUNT=2', exceptDates: ['2026-11-27'] } });
    await shop.moveTo(start + minutes(7));
    expect(live()).toBe(4);
    expect(status()).toMatchObject({ startTime: '2026-11-28T19:00:00Z' });
  });

  test('that is damaged stands at its next date as last accepted', async () => {
    await openDeals();
    await edit({ discountPercent: 30 });
    await shop.moveTo(start - minutes(15));
    await edit({ entryPoints: ['gatewya'] });
    await shop.moveTo(start + minutes(3));
    expect(live()).toBeGreaterThan(15);
    await shop.moveTo(second + minutes(3));
    expect(live()).toBeGreaterThan(15);
    expect(message('Accepted')).toContain('The plan made before stands.');
  });

  test('that cannot be followed says so in one sentence and holds up no other', async () => {
    await openDeals({ rule: `FREQ=DAILY;BYHOUR=${[...Array(24).keys()].join()}` });
    expect(message('Accepted')).toMatch(
      /^spec\.recurrence\.rule FREQ=DAILY.* makes 8\d\d sales in the next 35 days; at most 250 are served\.$/,
    );
    await shop.create(flashSale('healthy', second, second + minutes(20)));
    await shop.moveTo(second + minutes(2));
    expect(live()).toBeGreaterThan(15);
  });
});
