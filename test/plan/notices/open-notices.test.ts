import { expect, test } from 'vitest';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { openNotices } from '../../../src/plan/notices/open-notices.ts';
import type { SaleOutlook } from '../../../src/plan/plan.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

test.each([
  [1, '1 replica is added from 2026-11-27T18:53:00Z on.'],
  [25, '25 replicas are added from 2026-11-27T18:53:00Z on.'],
])('a planned sale tells that it adds %d', (extraReplicas, told) => {
  const conditions = [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' }];
  const times = { start, end: start + 7_200_000, prescaleTime: start - 420_000 };
  const outlook = { isShown: true, mode: 'Apply', conditions, extraReplicas, ...times } as object as SaleOutlook;
  const sale = { name: 'drop', spec: { timeZone: 'UTC' } };
  const record = { metadata: { name: 'drop-1', namespace: 'marketplace', uid: 'uid-1' }, spec: { sale } };
  const notices = openNotices(outlook, record as object as SalePlan, {
    now: start - 86_400_000,
    readyBeforeSeconds: 300,
  });
  expect(notices.map(({ kind, message }) => [kind, message.endsWith(told)])).toEqual([['Planned', true]]);
});

test('what its replicas lack is a risk only from the time on that they must be ready, what stands in its way at once', () => {
  const record = { metadata: { name: 'drop-1', namespace: 'marketplace', uid: 'uid-1' }, spec: { sale: { spec: {} } } };
  const times = { start, end: start + 7_200_000, prescaleTime: start - 420_000 };
  const risksAt = (now: number, finding: object) => {
    const findings = [{ verdict: 'AtRisk', message: 'gateway lacks 20 replicas.', ...finding }];
    const outlook = { isShown: true, mode: 'Apply', conditions: [], findings, extraReplicas: 25, ...times };
    return openNotices(outlook as object as SaleOutlook, record as object as SalePlan, {
      now,
      readyBeforeSeconds: 300,
    }).map(({ kind, about }) => [kind, about]);
  };
  const lacking = { condition: 'CapacityReady', reason: 'PodsNotReady' };
  expect(risksAt(start - 301_000, lacking)).toEqual([]);
  expect(risksAt(start - 300_000, lacking)).toEqual([['AtRisk', 'AtRisk']]);
  expect(risksAt(start - 86_400_000, { ...lacking, verdict: 'NoGo' })).toEqual([['AtRisk', 'NoGo']]);
  expect(risksAt(start - 86_400_000, { condition: 'Feasible' })).toEqual([['AtRisk', 'AtRisk']]);
});
