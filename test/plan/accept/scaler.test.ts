import { expect, test } from 'vitest';
import { scalerOf } from '../../../src/plan/accept/scaler.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

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

test('of several HPAs the one that we raised is the scaler, so that it can be restored; else none is', () => {
  const [observed] = observationOf({ now: '2026-11-27T21:00:00Z', targets: { checkout: {} } }).targets;
  const [hpa] = observed?.autoscalers ?? [];
  if (observed === undefined || hpa === undefined) throw new Error('a namespace has what it is given');
  const other = { ...hpa, name: 'other', uid: 'other' };
  expect(scalerOf({ ...observed, autoscalers: [hpa, other] })).toBeUndefined();
  expect(scalerOf({ ...observed, autoscalers: [hpa, { ...other, floor: 35 }] })?.name).toBe('other');
});

test.each([
  ['an HPA that is gone followed our floor: back to what demand needs', 'kube-controller-manager', true, 4],
  ['somebody set them', 'kubectl', true, undefined],
  ['an HPA that is gone wrote them without a raise of ours', 'kube-controller-manager', false, undefined],
])(
  'after a sale whose HPA was deleted in it the replicas go back where they are ours: %s',
  (_, writer, isRecorded, replicas) => {
    const raised = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', uid: 'uid-checkout' };
    const { plan } = planOf({
      now: '2026-11-27T21:00:00Z',
      targets: {
        checkout: {
          hpa: 'none',
          metadata: { finalizers: ['headstart.dev/restore'] },
          status: { raised: isRecorded ? [{ ...raised, minReplicas: 4, maxReplicas: 4 }] : [] },
          workload: { replicas: 64, replicasWriter: writer, ...(isRecorded ? { floor: 64 } : {}) },
        },
      },
    });
    expect(plan.targets[0]?.replicas).toBe(replicas);
  },
);
