import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';

/** The limits of a sale that needs 29 replicas of orders and 15 of search, where each opens ten connections. */
function limitsOf(policy: Readonly<Record<string, unknown>>, ceiling = 240) {
  const uses = [{ limit: 'db', perReplica: 10 }];
  const { plan } = planOf({
    now: '2026-11-24T12:00:00Z',
    policy,
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      orders: {
        forecast: 30,
        spec: { entryPoint: true, calls: [{ target: 'search', perThousandRequests: 500 }], uses, ceiling },
      },
      search: { forecast: 15, spec: { uses } },
    },
  });
  return plan.sales[0]?.limits;
}

test('a limit that leaves enough says how much of it is used', () => {
  expect(limitsOf({ limits: [{ name: 'db', total: 1000 }] })).toEqual([
    { limit: 'db', total: 1000, used: 440, needed: 440, payers: [] },
    { limit: "the operator's caps.replicasPerNamespace", total: 10_000, used: 44, needed: 44, payers: [] },
  ]);
});

test('one that binds says by how much, who gets less, and what would lift it', () => {
  const [db] = limitsOf({ limits: [{ name: 'db', total: 400 }] }) ?? [];
  expect(db).toEqual({
    limit: 'db',
    total: 400,
    used: 400,
    needed: 440,
    payers: [
      { target: 'orders', replicas: 26, of: 29 },
      { target: 'search', replicas: 14, of: 15 },
    ],
    mend: '40 more of it, a pooler or 4 replicas fewer of orders would lift it.',
  });
});

test('a cap on one target and the total of all are limits too, those that bind first', () => {
  expect(limitsOf({ maxTotalReplicas: 30, limits: [{ name: 'db', total: 1000 }] }, 20)).toMatchObject([
    { limit: 'orders: its ceiling', total: 20, needed: 29, mend: 'Set spec.ceiling to 29.' },
    { limit: "the policy's maxTotalReplicas", total: 30, used: 30, needed: 35, mend: 'Raise it to 35.' },
    { limit: 'db', needed: 350 },
  ]);
});
