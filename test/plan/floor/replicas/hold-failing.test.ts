import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPlanned, planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';
import type { GivenPods } from '../../../support/shop/given-pods.ts';
import type { Given } from '../../../support/shop/planned-namespace.ts';

/** The minimum that is written for a sale that needs 29 replicas, where a floor stands. */
function written(standing: number, pods?: GivenPods, demand?: object): number {
  const { plan } = planOf({
    now: '2026-11-27T18:58:00Z',
    sales: [eveningSale],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true },
        hpa: { minReplicas: standing, maxReplicas: 60, ...(standing > 4 ? { floor: standing, floorMax: 60 } : {}) },
        ...(pods === undefined ? {} : { pods }),
        ...(demand === undefined ? {} : { demand }),
      },
    },
  });
  return plan.targets[0]?.bounds.minReplicas ?? 0;
}

const group = fc.record({
  count: fc.nat({ max: 20 }),
  ageSeconds: fc.nat({ max: 600 }),
  wasReady: fc.boolean(),
  reason: fc.constantFrom('CrashLoopBackOff', 'ImagePullBackOff', 'Unschedulable', 'ContainersNotReady'),
});
const somePods: fc.Arbitrary<GivenPods> = fc.record({
  ready: fc.nat({ max: 30 }).map(count => ({ '600': count })),
  unready: fc.array(group, { maxLength: 4 }),
});

test('whatever pods do, a floor that stands is not lowered, and what is needed is not exceeded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 40 }), somePods, (standing, pods) => {
      const free = written(standing);
      const held = written(standing, pods);
      expect(held === free || held === Math.min(free, standing)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('whatever pods do, demand above what is ready is answered in full', () => {
  const demand = { recent: { start: 0, stepSeconds: 60, values: [100_000] } };
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 40 }), somePods, (standing, pods) => {
      expect(written(standing, pods, demand)).toBe(written(standing, undefined, demand));
    }),
    { numRuns: 100 },
  );
});

test('a floor that is held goes on once its pods recover', () => {
  const failing = { count: 8, ageSeconds: 120, reason: 'CrashLoopBackOff' };
  expect(written(20, { ready: { '600': 12 }, unready: [failing] })).toBe(20);
  expect(written(20, { ready: { '600': 17 }, unready: [{ ...failing, count: 3 }] })).toBe(29);
});

test('a floor whose pods fail is cut by a shared limit once, not again in every plan', () => {
  const uses = [{ limit: 'db', perReplica: 10 }];
  const unready = [{ count: 12, ageSeconds: 300, reason: 'CrashLoopBackOff' }];
  const standing = { minReplicas: 25, maxReplicas: 60, floor: 25, floorMax: 60 };
  let given: Given = {
    now: '2026-11-27T18:58:00Z',
    policy: { limits: [{ name: 'db', total: 400 }] },
    sales: [{ ...eveningSale, entryPoints: ['orders', 'search'] }],
    targets: {
      orders: { forecast: 30, spec: { uses }, hpa: standing, pods: { ready: { '600': 6 }, unready } },
      search: { forecast: 30, spec: { uses, paused: 'Up' } },
    },
  };
  const minimums = Array.from({ length: 4 }, () => {
    const { plan } = planOf(given);
    given = applyPlanned(given, plan);
    return plan.targets.find(({ target }) => target === 'orders')?.bounds.minReplicas;
  });
  expect(minimums).toEqual([20, 20, 20, 20]);
});
