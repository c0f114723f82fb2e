import { describe, expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';
import type { GivenTarget } from '../../../support/shop/planned-namespace.ts';

const raised = { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 };

function saleAt(now: string, target: GivenTarget, policy = {}) {
  const { plan } = planOf({
    now,
    policy,
    sales: [eveningSale],
    targets: { gateway: { forecast: 30, hpa: raised, ...target, spec: { entryPoint: true, ...target.spec } } },
  });
  return plan.sales[0];
}
const told = (sale: ReturnType<typeof saleAt>) => [
  sale?.verdict,
  ...(sale?.findings ?? []).map(({ reason, verdict }) => `${reason} ${verdict}`),
];
const before = '2026-11-27T18:58:00Z';
const during = '2026-11-27T19:05:00Z';
const unschedulable = { count: 9, ageSeconds: 60, reason: 'Unschedulable', message: '0/3 nodes are available' };
const crashing = { count: 9, ageSeconds: 60, reason: 'CrashLoopBackOff' };

describe('a sale from prescaleTime on', () => {
  test.each<[string, GivenTarget, readonly unknown[], readonly unknown[]]>([
    ['has all it needs', { pods: { ready: { 600: 29 } } }, ['Go'], ['Go']],
    [
      'lacks pods that start',
      { pods: { ready: { 600: 20 }, unready: [{ count: 9, ageSeconds: 30 }] } },
      ['AtRisk', 'ReplicasMissing AtRisk'],
      ['NoGo', 'ReplicasMissing NoGo'],
    ],
    [
      'has pods that are not warm yet',
      { spec: { warmUpSeconds: 60 }, pods: { ready: { 600: 20, 59: 9 } } },
      ['AtRisk', 'ReplicasMissing AtRisk'],
      ['NoGo', 'ReplicasMissing NoGo'],
    ],
    [
      'has pods that are just warm',
      { spec: { warmUpSeconds: 60 }, pods: { ready: { 600: 20, 60: 9 } } },
      ['Go'],
      ['Go'],
    ],
    [
      'has too few nodes',
      { pods: { ready: { 600: 20 }, unready: [unschedulable] } },
      ['AtRisk', 'ReplicasMissing AtRisk', 'PodsUnschedulable AtRisk'],
      ['NoGo', 'ReplicasMissing NoGo', 'PodsUnschedulable NoGo'],
    ],
    [
      'has pods that crash and are not counted on',
      { pods: { ready: { 600: 29 }, unready: [{ ...crashing, count: 2 }] } },
      ['Go'],
      ['Go'],
    ],
    [
      'has bounds that are not in force',
      { hpa: { minReplicas: 4, maxReplicas: 44, currentReplicas: 29 }, pods: { ready: { 600: 29 } } },
      ['AtRisk', 'BoundsNotInForce AtRisk'],
      ['AtRisk', 'BoundsNotInForce AtRisk'],
    ],
  ])('%s', (_, target, ahead, running) => {
    expect(told(saleAt(before, target))).toEqual(ahead);
    expect(told(saleAt(during, target))).toEqual(running);
  });

  test('says how many pods warm up, what others wait for, and what mends it', () => {
    const sale = saleAt(before, {
      spec: { warmUpSeconds: 60 },
      pods: { ready: { 600: 20, 30: 2 }, unready: [unschedulable, { ...crashing, count: 1 }] },
    });
    expect(sale?.conditions.find(({ type }) => type === 'CapacityReady')?.message).toBe(
      'gateway has 20 of 29 replicas ready, and 2 warming up. ' +
        'gateway: no node for 9 pods: 0/3 nodes are available. Add nodes, or lower the requests of its containers. ' +
        'gateway: a pod cannot start: 1 CrashLoopBackOff. kubectl describe pod pod-1-000 says why.',
    );
  });
});
