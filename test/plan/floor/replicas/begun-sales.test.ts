import { expect, test } from 'vitest';
import { begunSales } from '../../../../src/plan/floor/replicas/begun-sales.ts';
import { type GivenSalePlan, salePlanOf } from '../../../support/shop/given-sales.ts';

const now = Date.parse('2026-11-27T19:30:00Z');
const planOf = (name: string, prescaleTime: string, endTime: string, targets: readonly string[]): GivenSalePlan => ({
  sale: { name, startTime: prescaleTime, endTime },
  prescaleTime,
  targets: Object.fromEntries(targets.map(target => [target, [[prescaleTime, 8, 20]]])),
});

test('a target is raised since the earliest prescale time of the sales that are due', () => {
  const salePlans = [
    planOf('late', '2026-11-27T19:20:00Z', '2026-11-27T21:00:00Z', ['gateway', 'cart']),
    planOf('early', '2026-11-27T18:50:00Z', '2026-11-27T20:00:00Z', ['gateway']),
    planOf('over', '2026-11-27T10:00:00Z', '2026-11-27T19:30:00Z', ['gateway', 'search']),
    planOf('ahead', '2026-11-27T19:31:00Z', '2026-11-27T22:00:00Z', ['pay']),
  ].map(salePlanOf);
  expect([...begunSales({ salePlans, now })]).toEqual([
    ['gateway', Date.parse('2026-11-27T18:50:00Z')],
    ['cart', Date.parse('2026-11-27T19:20:00Z')],
  ]);
});
