import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';

test.each([
  ['keeps the maximum while the workload runs more', 40, { minReplicas: 4, maxReplicas: 53 }],
  ['goes back when the workload runs no more than the baseline', 20, { minReplicas: 4, maxReplicas: 20 }],
])('a restore under an HPA without a status %s', (_, replicas, bounds) => {
  const hpa = {
    minReplicas: 35,
    maxReplicas: 53,
    floor: 35,
    floorMax: 53,
    currentReplicas: 0,
    desiredReplicas: 0,
  };
  const metadata = { finalizers: ['headstart.dev/restore'] };
  const { plan } = planOf({
    now: '2026-11-27T21:00:00Z',
    targets: { checkout: { metadata, hpa, workload: { replicas } } },
  });
  expect(plan.targets[0]).toMatchObject({ action: 'Write', bounds });
});
