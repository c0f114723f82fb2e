import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replicaCuts, replicaRules } from '../../../../src/plan/floor/replicas/replica-chain.ts';
import type { ReplicaRule } from '../../../../src/plan/floor/replicas/replica-rule.ts';
import type { Plan } from '../../../../src/plan/plan.ts';
import { planNamespace } from '../../../../src/plan/plan-namespace.ts';
import { deepFreeze } from '../../../support/deep-freeze.ts';
import { forecastsOf, type Given, observationOf } from '../../../support/shop/planned-namespace.ts';
import { namespaces } from '../../arbitrary-namespace.ts';
import { multipleOfZones } from './multiple-of-zones.ts';

const withZones: readonly ReplicaRule[] = [...replicaRules, multipleOfZones(3, replicaCuts)];

function planOf(given: Given, rules = withZones): Plan {
  const observation = deepFreeze(observationOf(given));
  return planNamespace(observation, deepFreeze(forecastsOf(given, observation)), rules);
}

/** A minute before a sale that needs 29 replicas of gateway, notifications (at most 25) and search, and 26 of storefront. */
function shop(given: Partial<Given> = {}): Given {
  const perThousandRequests = 1000;
  const calls = ['notifications', 'search', 'storefront'].map(target => ({ target, perThousandRequests }));
  return {
    now: '2026-11-27T18:59:00Z',
    sales: [
      {
        name: 'drop',
        startTime: '2026-11-27T19:00:00Z',
        endTime: '2026-11-27T21:00:00Z',
        expectedPeakPercent: 800,
        entryPoints: ['gateway'],
      },
    ],
    targets: {
      gateway: { forecast: 30, spec: { entryPoint: true, tier: 'Critical', calls } },
      notifications: { forecast: 30, spec: { ceiling: 25 } },
      search: { forecast: 30 },
      storefront: { forecast: 5, spec: { tier: 'Background' } },
    },
    ...given,
  };
}

function minimums({ targets }: Plan) {
  return Object.fromEntries(targets.map(({ target, bounds }) => [target, bounds.minReplicas]));
}

function messageOf({ sales: [sale] }: Plan, type: string) {
  return sale?.conditions.find(one => one.type === type)?.message;
}

function stepsOf({ sales: [sale] }: Plan, name: string): readonly number[] {
  return sale?.targets.find(({ target }) => target === name)?.steps.map(({ minReplicas }) => minReplicas) ?? [];
}

describe('a rule at the end of the list, replicas a multiple of three zones,', () => {
  test('rounds up where there is room, down under a cap, and leaves a baseline alone', () => {
    expect(minimums(planOf(shop(), replicaRules))).toEqual({
      gateway: 29,
      notifications: 25,
      search: 29,
      storefront: 26,
    });
    expect(minimums(planOf(shop()))).toEqual({ gateway: 30, notifications: 24, search: 30, storefront: 27 });
    expect(minimums(planOf(shop({ sales: [] })))).toEqual({
      gateway: 4,
      notifications: 4,
      search: 4,
      storefront: 4,
    });
  });

  test('is told as a step of its own', () => {
    const [gateway, notifications] = planOf(shop()).targets;
    expect(gateway?.because.map(({ rule }) => rule)).toEqual(['forecast', 'headroom', 'replicas', 'limit', 'bounds']);
    expect(gateway?.because.at(-2)?.message).toBe('30 replicas, a multiple of 3 zones');
    expect(notifications?.because.slice(-3).map(({ message }) => message)).toEqual([
      'its ceiling allows 25 of 29 replicas',
      '24 replicas, a multiple of 3 zones',
      'minReplicas 24, maxReplicas 25',
    ]);
  });

  test("keeps the namespace's total, in the order of the tiers", () => {
    const given = shop({ policy: { maxTotalReplicas: 70 } });
    const plain = minimums(planOf(given, replicaRules));
    expect(Object.values(plain).reduce((sum, value) => sum + value, 0)).toBe(70);
    const rounded = minimums(planOf(given));
    expect(rounded).toMatchObject({ gateway: 30, storefront: 4 });
    expect([rounded.notifications, rounded.search].map(value => (value ?? 1) % 3)).toEqual([0, 0]);
    expect(Object.values(rounded).reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(70);
  });

  test('holds in every planned step, within the cap, and in the replicas that the sale adds', () => {
    const plan = planOf(shop());
    for (const name of ['gateway', 'notifications', 'search', 'storefront']) {
      const steps = stepsOf(plan, name);
      expect(steps.length).toBeGreaterThan(5);
      expect(steps.at(-1)).toBe(4);
      expect(steps.slice(0, -1).filter(replicas => replicas % 3 !== 0)).toEqual([]);
      expect(steps[0]).toBe(minimums(plan)[name]);
    }
    expect(Math.max(...stepsOf(plan, 'notifications'))).toBe(24);
    expect(plan.sales[0]?.extraReplicas).toBe(30 + 24 + 30 + 27 - 4 * 4);
  });

  test('starts the wave earlier for the pods that it adds', () => {
    const many = (rules: readonly ReplicaRule[]) =>
      planOf(shop({ now: '2026-11-27T12:00:00Z', unplanned: ['drop'] }), rules).sales[0]?.prescaleTime ?? 0;
    const [pods, more] = [29 + 25 + 29 + 26 - 16, 30 + 24 + 30 + 27 - 16].map(count => Math.ceil(15.2 + count / 20));
    expect(many(replicaRules) - many(withZones)).toBe(((more ?? 0) - (pods ?? 0)) * 1000);
  });

  test('is what the verdict asks for: not ready with one pod less, ready with exactly so many', () => {
    const given = shop({ policy: { maxTotalReplicas: 70 } });
    expect(messageOf(planOf(given), 'CapacityReady')).toContain('gateway has 4 of 30 replicas ready');
    const floors = minimums(planOf(given));
    const raised = (missing: number): Given => ({
      ...given,
      targets: Object.fromEntries(
        Object.entries(given.targets).map(([name, target]) => {
          const floor = floors[name] ?? 4;
          const isRaised = floor > 4;
          const hpa = isRaised ? { minReplicas: floor, maxReplicas: 60, floor, floorMax: 60 } : {};
          const replicas = name === 'gateway' ? floor - missing : floor;
          return [name, { ...target, hpa, workload: { replicas, readyReplicas: replicas } }];
        }),
      ),
    });
    expect(messageOf(planOf(raised(1)), 'CapacityReady')).toBe('gateway has 29 of 30 replicas ready.');
    expect(messageOf(planOf(raised(0)), 'Prescaled')).toContain('The floors of 3 targets are ready.');
    expect(minimums(planOf(raised(0)))).toEqual(floors);
  });

  test('holds on the way back of a workload without an HPA', () => {
    const gateway = {
      spec: { entryPoint: true },
      hpa: 'none' as const,
      metadata: { finalizers: ['headstart.dev/restore'] },
      workload: { replicas: 30, readyReplicas: 30, floor: 30, replicasWriter: 'headstart' },
      forecast: 101,
    };
    const over = { now: '2026-11-27T21:00:30Z', targets: { gateway } };
    expect(planOf(shop(over), replicaRules).targets[0]).toMatchObject({ replicas: 11, reason: 'Restoring' });
    expect(planOf(shop(over)).targets[0]).toMatchObject({ replicas: 12, reason: 'Restoring' });
  });

  test('keeps baselines, caps and the total in any namespace, in the floor and in every step', () => {
    const property = fc.property(namespaces, given => {
      const observation = observationOf(given);
      const { targets, sales } = planNamespace(observation, forecastsOf(given, observation), withZones);
      const specs = new Map(observation.targets.map(({ target: { metadata, spec } }) => [metadata.name, spec]));
      const planned = [
        ...targets.map(({ target, bounds }) => ({ target, minReplicas: bounds.minReplicas })),
        ...sales.flatMap(sale => sale.targets.flatMap(({ target, steps }) => steps.map(step => ({ target, ...step })))),
      ];
      for (const { target, minReplicas } of planned) {
        const baseline = specs.get(target)?.baseline.minReplicas ?? 0;
        const cap = Math.min(specs.get(target)?.ceiling ?? 0, (given.policy?.maxReplicasPerTarget as number) ?? 1000);
        expect(minReplicas).toBeLessThanOrEqual(Math.max(baseline, cap));
        expect(minReplicas === baseline || (minReplicas > baseline && minReplicas % 3 === 0)).toBe(true);
      }
      const total = (given.policy?.maxTotalReplicas as number | undefined) ?? 10_000;
      const baselines = [...specs.values()].reduce((sum, { baseline }) => sum + baseline.minReplicas, 0);
      const granted = targets.reduce((sum, { bounds }) => sum + bounds.minReplicas, 0);
      expect(granted).toBeLessThanOrEqual(Math.max(total, baselines));
    });
    fc.assert(property, { numRuns: 100, seed: 20_261_127 });
  });
});

test('a cut that all targets share is made once for the whole sale and holds at every later step', () => {
  const made: string[] = [];
  const cutOnce: ReplicaRule = (numbers, { within }) => {
    const gateway = numbers.get('gateway');
    if (within !== undefined || gateway === undefined) return numbers;
    made.push('gateway');
    return new Map(numbers).set('gateway', { ...gateway, replicas: Math.min(gateway.replicas, 10) });
  };
  const plan = planOf(shop(), [...replicaRules, cutOnce]);
  expect(Math.max(...stepsOf(planOf(shop(), replicaRules), 'gateway'))).toBe(29);
  expect(Math.max(...stepsOf(plan, 'gateway'))).toBe(10);
  expect(messageOf(plan, 'CapacityReady')).toContain('gateway has 4 of 10 replicas ready');
  expect(made).toHaveLength(2);
});
