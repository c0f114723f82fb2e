import { expect, test } from 'vitest';
import { acceptNamespace } from '../../../../src/plan/accept/accept-namespace.ts';
import { namespaceFloors } from '../../../../src/plan/floor/namespace-floors.ts';
import { planNamespace } from '../../../../src/plan/plan-namespace.ts';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { forecastsOf, type Given, observationOf } from '../../../support/shop/planned-namespace.ts';

const uses = [{ limit: 'db', perReplica: 10 }];
const [early, late] = [
  { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' },
  { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z' },
];
const peak = { expectedPeakPercent: 800 };
const drop = { name: 'drop', ...late, ...peak, entryPoints: ['orders'] };
const night = { name: 'night', ...early, ...peak, entryPoints: ['search'] };
/** The prescale time of drop: lead time, readyBefore and the writes ahead of its start. */
const raised = '2026-11-27T19:53:13Z';

/** What two sales of two services that need 29 replicas each are told of limits, hours ahead of both. */
function toldOf(given: Partial<Given>): Readonly<Record<string, readonly string[]>> {
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    sales: [drop, night],
    targets: { orders: { forecast: 30, spec: { tier: 'Critical', uses } }, search: { forecast: 30, spec: { uses } } },
    ...given,
  });
  return Object.fromEntries(
    plan.sales.map(({ sale, findings = [] }) => [
      sale,
      findings.filter(({ reason }) => reason === 'LimitBinds').map(({ message }) => message),
    ]),
  );
}

const byTotal = `search: the policy's maxTotalReplicas of 40 leaves 11 of 29 replicas from ${raised} on, while drop needs the rest.`;
const byLimit = `search: limit db of 400 leaves 11 of 29 replicas from ${raised} on, while drop needs the rest.`;

test.each<[string, Partial<Given>, readonly string[]]>([
  ['nothing while both fit the total', { policy: { maxTotalReplicas: 60 } }, []],
  ['nothing while both fit a shared limit', { policy: { limits: [{ name: 'db', total: 600 }] } }, []],
  ['that another sale will have the rest of the total', { policy: { maxTotalReplicas: 40 } }, [byTotal]],
  ['that another sale will have the rest of a limit', { policy: { limits: [{ name: 'db', total: 400 }] } }, [byLimit]],
  [
    'the same while it runs itself',
    { policy: { limits: [{ name: 'db', total: 400 }] }, now: '2026-11-27T19:30:00Z' },
    [byLimit],
  ],
  [
    'what binds now once the other is raised',
    { policy: { limits: [{ name: 'db', total: 400 }] }, now: '2026-11-27T19:54:00Z' },
    ['search: limit db of 400 leaves 11 of 26 replicas, because what stands beside the sale has the rest.'],
  ],
  [
    'nothing of a sale that begins after it',
    {
      policy: { limits: [{ name: 'db', total: 400 }] },
      sales: [{ ...drop, startTime: '2026-11-27T21:30:00Z' }, night],
    },
    [],
  ],
  [
    'nothing of a sale that only forecasts',
    { policy: { limits: [{ name: 'db', total: 400 }] }, sales: [{ ...drop, mode: 'ForecastOnly' }, night] },
    [],
  ],
  [
    'the total alone where it would not fit by itself',
    { policy: { maxTotalReplicas: 20 } },
    ["the policy's maxTotalReplicas of 20 leaves less than the 29 replicas needed."],
  ],
])('a sale ahead is told %s', (_, given, expected) => {
  expect(toldOf(given).night).toEqual(expected);
});

test('the sale that will have what it needs is told nothing', () => {
  expect(toldOf({ policy: { maxTotalReplicas: 40 } }).drop).toEqual([]);
});

test('a sale that is planned alone, days ahead, reads from the SalePlans of the others what they will take', () => {
  const given: Given = {
    now: '2026-11-25T12:00:00Z',
    policy: { maxTotalReplicas: 40 },
    sales: [drop, night],
    salePlans: [
      {
        sale: drop,
        prescaleTime: raised,
        targets: {
          orders: [
            [raised, 29, 44],
            [late.endTime, 4, 20],
          ],
        },
      },
      { sale: night },
    ],
    targets: { orders: { forecast: 30, spec: { tier: 'Critical' } }, search: { forecast: 30 } },
  };
  const observation = observationOf(given);
  const { sales } = planNamespace(
    namespaceFloors({
      observation,
      accepted: acceptNamespace(observation),
      forecasts: forecastsOf(given, observation),
      only: new Set(['night-20261127-1900']),
    }),
  );
  expect(sales.map(({ sale, risks }) => [sale, ...risks])).toEqual([['night', byTotal]]);
});
