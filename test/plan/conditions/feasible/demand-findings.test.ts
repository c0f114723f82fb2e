import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';
import type { GivenTarget } from '../../../support/shop/planned-namespace.ts';

const day = 86_400;

test.each<readonly [string, GivenTarget, readonly string[]]>([
  ['is fresh and long', { demand: { historySeconds: 28 * day } }, []],
  ['has a history of unknown length', {}, []],
  ['has a history of 13 days', { demand: { historySeconds: 13 * day } }, ['HistoryTooShort']],
  [
    'has all the five days that it asks for',
    { demand: { historySeconds: 5 * day }, spec: { demand: { query: 'up', historyDays: 5 } } },
    [],
  ],
  ['is as old as it may be', { demand: { ageSeconds: 300 } }, []],
  ['is older', { demand: { ageSeconds: 301 } }, ['DemandStale']],
  ['has no forecast', { forecast: { missing: 'no history' }, demand: { ageSeconds: 301 } }, ['NoDemand']],
])('a sale weeks ahead whose demand %s', (_, target, expected) => {
  const [outlook] = planOf({
    now: '2026-11-20T12:00:00Z',
    sales: [eveningSale],
    targets: { gateway: { forecast: 30, ...target, spec: { entryPoint: true, ...target.spec } } },
  }).plan.sales;
  expect(outlook?.findings?.map(({ reason }) => reason)).toEqual(expected);
  expect(outlook?.verdict).toBe(expected.length === 0 ? 'NotDue' : 'AtRisk');
});
