import { expect, test } from 'vitest';
import { scalerOf } from '../../../src/plan/accept/scaler.ts';
import { keptReplicas, raisedReplicas, standingReplicas } from '../../../src/plan/accept/target-standing.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T18:59:00Z';

/** What a target with a baseline of 4 counts for: as it stands, as it is kept, and as we have raised it. */
function replicasOf(given: GivenTarget): readonly number[] {
  const observed = observationOf({ now, targets: { a: given } }).targets[0];
  if (observed === undefined) throw new Error('no target');
  const standing = { observed, scaler: scalerOf(observed) };
  return [standingReplicas(standing), keptReplicas(standing), raisedReplicas(standing)];
}

test.each<[string, GivenTarget, readonly number[]]>([
  ['at its baseline', {}, [4, 4, 4]],
  ['scaled below its baseline', { hpa: { minReplicas: 1 } }, [4, 4, 4]],
  ['raised by us', { hpa: { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 } }, [29, 4, 29]],
  ['given a minimum by another writer', { hpa: { minReplicas: 60, maxReplicas: 60 } }, [60, 60, 4]],
  [
    'raised by us, then higher by another writer',
    { hpa: { minReplicas: 60, maxReplicas: 60, floor: 29, floorMax: 44 } },
    [60, 60, 60],
  ],
  ['of a workload that others scale', { hpa: 'none', workload: { replicas: 60 } }, [60, 60, 4]],
  [
    'of a workload that we raised, and whose floor has sunk since',
    {
      hpa: 'none',
      status: {
        raised: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', uid: 'uid-a', minReplicas: 4, maxReplicas: 4 },
        ],
      },
      workload: { replicas: 28, floor: 23, replicasWriter: 'headstart' },
    },
    [28, 4, 28],
  ],
  ['of two HPAs', { hpa: { minReplicas: 7 }, otherHpa: { minReplicas: 60 } }, [60, 4, 4]],
])('counts replicas %s', (_, given, expected) => {
  expect(replicasOf(given)).toEqual(expected);
});

test('knows days ahead that the minimum of another writer leaves less of a limit', () => {
  const uses = [{ limit: 'db', perReplica: 1 }];
  const { plan } = planOf({
    now: '2026-11-24T12:00:00Z',
    policy: { limits: [{ name: 'db', total: 80 }] },
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      gateway: { forecast: 30, spec: { entryPoint: true, uses } },
      reports: { forecast: 3, hpa: { minReplicas: 60, maxReplicas: 60 }, spec: { uses } },
    },
  });
  expect(plan.sales.flatMap(({ risks }) => risks)).toEqual([
    expect.stringContaining('limit db of 80 lacks 9: gateway gets 20 of 29 replicas'),
  ]);
});
