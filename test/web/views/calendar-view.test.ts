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

test('a policy with one wrong field has its price all the same', () => {
  const [whole] = policyRecords({ cost: { currency: 'EUR', replicaHour: '40m' } });
  if (whole === undefined) throw new Error('no policy');
  const raw = { ...whole.raw, spec: { cost: { currency: 'EUR', replicaHour: '40m' }, mode: 'Sometimes' } };
  const unreadable = { kind: 'ScalingPolicy' as const, name: 'default', field: 'spec.mode', message: 'mode' };
  const policies = [{ name: 'default', raw, read: { unreadable } }];
  const priced = calendarView({ ...source, read: name => ({ ...source.read(name), policies }) }, source.namespaces());
  expect(priced.weeks.flatMap(({ money }) => money)).toHaveLength(2);
});

test('services that the SalePlan has no room for count too: with their highest floor, and those without a name together', () => {
  const later = source.read('shop').salePlans.filter(one => 'value' in one && one.value.spec.sale.name === 'later');
  const weekOf = (changed: object) => {
    const salePlans = later.map(one => {
      if (!('value' in one) || one.value.status?.plan === undefined) return one;
      const plan = { ...one.value.status.plan, ...changed };
      return { value: { ...one.value, status: { ...one.value.status, plan } } };
    });
    return calendarView({ ...source, read: name => ({ ...source.read(name), salePlans }) }, source.namespaces())
      .weeks[0];
  };
  const [named] = [weekOf({})];
  const furtherTargets = [{ target: 'far', minReplicas: 30, maxReplicas: 50 }];
  const further = weekOf({ furtherTargets });
  expect(further?.extraReplicas).toBe((named?.extraReplicas ?? 0) + 30);
  expect(further?.replicaHours).toBeGreaterThanOrEqual((named?.replicaHours ?? 0) + 60);
  const all = weekOf({ furtherTargets, targetsLeftOut: 500, extraReplicas: (further?.extraReplicas ?? 0) + 1000 });
  expect(all?.extraReplicas).toBe((further?.extraReplicas ?? 0) + 1000);
});
