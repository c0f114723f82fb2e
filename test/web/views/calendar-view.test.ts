import { expect, test } from 'vitest';
import { calendarView } from '../../../src/web/views/calendar-view.ts';
import { pageSourceOf, policyRecords } from '../../support/web/page-shop.ts';

const source = pageSourceOf({
  now: '2026-11-27T19:30:00Z',
  sales: [
    { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
    { name: 'after', startTime: '2026-11-27T20:30:00Z', endTime: '2026-11-27T22:00:00Z', expectedPeakPercent: 300 },
    { name: 'later', startTime: '2026-11-30T19:00:00Z', endTime: '2026-11-30T21:00:00Z', expectedPeakPercent: 500 },
    { name: 'old', startTime: '2026-11-20T19:00:00Z', endTime: '2026-11-20T21:00:00Z' },
    { name: 'off', startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T21:00:00Z', cancelled: true },
  ],
  targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
});
const view = calendarView(source, source.namespaces());

test('what runs comes first, then what comes, then what is over', () => {
  expect(view.sales.map(({ sale, stage }) => `${sale} ${stage}`)).toEqual([
    'drop Running',
    'after Coming',
    'later Coming',
    'off Cancelled',
    'old Past',
  ]);
});

test('a sale names those that overlap it', () => {
  expect(view.sales.map(({ sale, overlaps }) => [sale, ...overlaps])).toEqual([
    ['drop', 'after'],
    ['after', 'drop'],
    ['later'],
    ['off'],
    ['old'],
  ]);
});

test('weeks begin on Monday, and count what is asked for at once', () => {
  const [first, second] = view.weeks;
  expect(view.weeks.map(({ start }) => new Date(start).toISOString())).toEqual([
    '2026-11-23T00:00:00.000Z',
    '2026-11-30T00:00:00.000Z',
  ]);
  expect(first).toMatchObject({ sales: 2 });
  expect(second).toMatchObject({ sales: 1 });
  expect(second?.extraReplicas).toBeGreaterThan(0);
  // The floor sinks in the two hours of the sale, and is up a little before it.
  const mean = (second?.replicaHours ?? 0) / (second?.extraReplicas ?? 1);
  expect(mean).toBeGreaterThan(1);
  expect(mean).toBeLessThan(2.2);
});

test('a namespace that is not the viewer’s is not there', () => {
  expect(calendarView(source, [])).toMatchObject({ sales: [], weeks: [], unreadable: [] });
});

test('replica-hours of a week have their price where the policy states one', () => {
  const policies = policyRecords({ cost: { currency: 'EUR', replicaHour: '40m' } });
  const priced = calendarView({ ...source, read: name => ({ ...source.read(name), policies }) }, source.namespaces());
  expect(view.weeks.map(({ money }) => money)).toEqual([[], []]);
  for (const { money, replicaHours } of priced.weeks) {
    expect(money.map(({ currency }) => currency)).toEqual(['EUR']);
    expect(money[0]?.amount).toBeCloseTo(0.04 * replicaHours, 1);
  }
});
