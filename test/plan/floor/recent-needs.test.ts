import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { GivenTarget } from '../../support/shop/planned-namespace.ts';

const raised: GivenTarget = {
  spec: { entryPoint: true, ceiling: 20 },
  hpa: 'none',
  metadata: { finalizers: ['headstart.dev/restore'] },
  workload: { replicas: 30, readyReplicas: 30, floor: 30, replicasWriter: 'headstart' },
};

test.each([
  ['needs 25, above its ceiling of 20', { forecast: 250 }, 25],
  ['needs 12', { forecast: 120 }, 12],
  ['needs less than its baseline', { forecast: 30 }, 4],
  ['is not known', { demand: { missing: 'no answer' } }, 30],
  ['is stale', { demand: { ageSeconds: 4000 } }, 30],
])('a workload without an HPA whose newest demand %s goes back to what it needs', (_, given, replicas) => {
  const { plan } = planOf({ now: '2026-11-27T21:00:30Z', targets: { gateway: { ...raised, ...given } } });
  expect(plan.targets[0]).toMatchObject({ reason: 'Restoring', replicas });
});
