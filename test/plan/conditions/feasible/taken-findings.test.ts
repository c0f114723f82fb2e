import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import type { Given } from '../../../support/shop/planned-namespace.ts';

const sale = (name: string, entryPoint: string) => ({
  name,
  startTime: '2026-11-27T19:00:00Z',
  endTime: '2026-11-27T21:00:00Z',
  expectedPeakPercent: 800,
  entryPoints: [entryPoint],
});
const uses = [{ limit: 'db', perReplica: 10 }];

/** What stands in the way of two sales at one time that need 29 replicas each, of two services. */
function findingsOf(given: Partial<Given>): Readonly<Record<string, readonly string[]>> {
  const { plan } = planOf({
    now: '2026-11-27T19:05:00Z',
    sales: [sale('drop', 'orders'), sale('night', 'search')],
    targets: { orders: { forecast: 30, spec: { tier: 'Critical', uses } }, search: { forecast: 30, spec: { uses } } },
    ...given,
  });
  return Object.fromEntries(
    plan.sales.map(({ sale: name, findings = [] }) => [
      name,
      findings.filter(({ reason }) => reason === 'LimitBinds').map(({ message }) => message),
    ]),
  );
}

test.each<[string, Partial<Given>, readonly string[]]>([
  ['nothing while both fit', { policy: { maxTotalReplicas: 60 } }, []],
  [
    'that another sale has the rest of the total',
    { policy: { maxTotalReplicas: 40 } },
    [
      "search: the policy's maxTotalReplicas of 40 leaves 11 of 29 replicas, because what stands beside the sale has the rest.",
    ],
  ],
  [
    'that another sale has the rest of a shared limit',
    { policy: { limits: [{ name: 'db', total: 400 }] } },
    ['search: limit db of 400 leaves 11 of 29 replicas, because what stands beside the sale has the rest.'],
  ],
  [
    'the total alone where the sale would not fit by itself',
    { policy: { maxTotalReplicas: 20 } },
    ["the policy's maxTotalReplicas of 20 leaves less than the 29 replicas needed."],
  ],
])('a sale is told %s', (_, given, night) => {
  expect(findingsOf(given).night).toEqual(night);
});

test('the sale that has what it needs is told nothing', () => {
  expect(findingsOf({ policy: { maxTotalReplicas: 40 } }).drop).toEqual([]);
});
