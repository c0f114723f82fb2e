import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import type { GivenTarget } from '../../../support/shop/planned-namespace.ts';

/** The risks of a sale that needs 29 replicas of orders and, called half as often, 15 of search, by limits of 4..20 targets. */
function risksOf(limits: readonly object[], targets: Readonly<Record<string, GivenTarget>>): readonly string[] {
  const { plan } = planOf({
    now: '2026-11-24T12:00:00Z',
    policy: { limits },
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      orders: { forecast: 30, ...targets.orders, spec: { entryPoint: true, calls, ...targets.orders?.spec } },
      search: { forecast: 15, ...targets.search },
    },
  });
  return plan.sales.flatMap(({ risks }) => risks);
}

const calls = [{ target: 'search', perThousandRequests: 500 }];
const db = (each: number) => ({ spec: { uses: [{ limit: 'db', perReplica: each }] } });
const partner = { spec: { uses: [{ limit: 'partner', perThousandRequests: 1000 }] } };

test.each<[string, readonly object[], Readonly<Record<string, GivenTarget>>, readonly string[]]>([
  ['nothing while all fits', [{ name: 'db', total: 440 }], { orders: db(10), search: db(10) }, []],
  [
    'who pays, and the largest that could need less',
    [{ name: 'db', total: 400 }],
    { orders: db(10), search: db(10) },
    [
      'limit db of 400 lacks 40: orders gets 26 of 29 replicas, search gets 14 of 15 replicas; 40 more of it, a pooler or 4 replicas fewer of orders would lift it.',
    ],
  ],
  [
    'no pooler for what requests use',
    [{ name: 'partner', total: 200 }],
    { orders: partner },
    [
      'limit partner of 200 lacks 90: orders gets 20 of 29 replicas; 90 more of it or 9 replicas fewer of orders would lift it.',
    ],
  ],
  [
    'no number of replicas that would go below the baseline',
    [{ name: 'db', total: 0 }],
    { orders: db(10) },
    ['limit db of 0 lacks 290: orders gets 4 of 29 replicas; 290 more of it or a pooler would lift it.'],
  ],
  [
    'the limit that binds most, once',
    [
      { name: 'db', total: 200 },
      { name: 'partner', total: 250 },
    ],
    { orders: { spec: { uses: [...db(10).spec.uses, ...partner.spec.uses] } } },
    [
      'limit db of 200 lacks 90: orders gets 20 of 29 replicas; 90 more of it, a pooler or 9 replicas fewer of orders would lift it.',
    ],
  ],
])('a sale is told %s', (_, limits, targets, risks) => {
  expect(risksOf(limits, targets)).toEqual(risks);
});
