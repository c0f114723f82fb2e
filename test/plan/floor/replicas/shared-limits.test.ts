import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../../../src/api/instant.ts';
import { mostWithin, sharedLimits } from '../../../../src/plan/floor/replicas/shared-limits.ts';
import { applyPlanned, planOf } from '../../../support/shop/apply-planned.ts';
import { type GivenTarget, observationOf } from '../../../support/shop/planned-namespace.ts';
import { minutes, namespaces } from '../../arbitrary-namespace.ts';

function limitsOf(targets: Readonly<Record<string, GivenTarget>>, limits: readonly object[]) {
  const { targets: observed, policy } = observationOf({ now: '2026-11-27T12:00:00Z', policy: { limits }, targets });
  return sharedLimits(observed, policy);
}

describe('sharedLimits', () => {
  test.each<[string, GivenTarget, number]>([
    ['the replicas × perReplica', { spec: { uses: [{ limit: 'l', perReplica: 20 }] } }, 200],
    [
      'the pods of a rollout, too',
      { workload: { maxSurge: '25%' }, spec: { uses: [{ limit: 'l', perReplica: 20 }] } },
      260,
    ],
    [
      'what the demand of the replicas asks of a partner, without headroom, in a rollout as well',
      {
        workload: { maxSurge: '25%' },
        spec: { capacityPerReplica: '30', headroomPercent: 50, uses: [{ limit: 'l', perThousandRequests: 500 }] },
      },
      100,
    ],
    [
      'no surge while the workload is missing',
      { workload: { missing: 'gone' }, spec: { uses: [{ limit: 'l', perReplica: 1 }] } },
      10,
    ],
  ])('counts %s', (_, target, units) => {
    const [limit] = limitsOf({ orders: target }, [{ name: 'l', total: 1000 }]);
    expect(limit?.users.map(user => [user.target, user.units(10)])).toEqual([['orders', units]]);
  });

  test('has those that are stated and used, by name', () => {
    const uses = ['b', 'a', 'unstated'].map(limit => ({ limit, perReplica: 1 }));
    const found = limitsOf({ orders: { spec: { uses } } }, [
      { name: 'b', total: 2 },
      { name: 'unused', total: 3 },
      { name: 'a', total: 1 },
    ]);
    expect(found.map(({ name, total }) => [name, total])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  test('has no user that uses 0 of it', () => {
    expect(
      limitsOf({ orders: { spec: { uses: [{ limit: 'l', perReplica: 0 }] } } }, [{ name: 'l', total: 1 }]),
    ).toEqual([]);
  });
});

test.each([
  [100, 4, 10],
  [109, 4, 10],
  [30, 4, 4],
  [-5, 4, 4],
])('mostWithin finds the most replicas of 10 units each in %i units, at least %i: %i', (room, least, most) => {
  expect(mostWithin(replicas => replicas * 10, room, least)).toBe(most);
});

describe('a plan', () => {
  test('keeps every shared limit at every single write, as far as baselines and what stands allow (3)', () => {
    fc.assert(
      fc.property(namespaces, minutes(-180, 400), (given, later) => {
        const raised = applyPlanned(given, planOf(given).plan);
        for (const at of [parseInstant(given.now), later]) {
          const { plan, observation } = planOf({ ...raised, now: formatInstant(at) });
          const bounds = (which: 'minReplicas' | 'maxReplicas') =>
            new Map(plan.targets.map(planned => [planned.target, planned.bounds[which]]));
          for (const { total, users } of sharedLimits(observation.targets, observation.policy)) {
            const used = (replicas: ReadonlyMap<string, number>) =>
              users.reduce((sum, { target, units }) => sum + units(replicas.get(target) ?? 0), 0);
            const standing = new Map(
              observation.targets.map(({ target, autoscalers: [hpa] }) => [
                target.metadata.name,
                Math.max(target.spec.baseline.minReplicas, hpa?.minReplicas ?? 0),
              ]),
            );
            const highest = new Map(
              [...bounds('minReplicas')].map(([name, planned]) => [name, Math.max(planned, standing.get(name) ?? 0)]),
            );
            expect(used(highest)).toBeLessThanOrEqual(Math.max(total, used(standing)) + 1e-6);
            // A maximum that nobody writes stays, and so does one while more runs than would be left.
            const kept = new Map(
              observation.targets.map(({ target: { metadata, spec }, autoscalers: [hpa] }) => {
                const least = Math.max(spec.baseline.maxReplicas, bounds('minReplicas').get(metadata.name) ?? 0);
                const isWritten = plan.targets.some(one => one.target === metadata.name && one.action === 'Write');
                const stays = !isWritten || (hpa?.currentReplicas ?? 0) > least;
                return [metadata.name, Math.max(least, stays ? (hpa?.maxReplicas ?? 0) : 0)];
              }),
            );
            expect(used(bounds('maxReplicas'))).toBeLessThanOrEqual(Math.max(total, used(kept)) + 1e-6);
          }
        }
      }),
      { numRuns: 100, seed: 20_261_130 },
    );
  });
});

test('mostWithin ends where a replica uses next to nothing', () => {
  expect(mostWithin(replicas => replicas * 1e-99, 10, 4)).toBe(100_000);
  expect(mostWithin(() => 0, 0, 0)).toBe(100_000);
});
