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
