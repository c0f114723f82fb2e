import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../src/api/instant.ts';
import type { AutoscalerObservation, Observation, TargetObservation } from '../../src/observe/observation.ts';
import type { NamespaceFloors } from '../../src/plan/floor/namespace-floors.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planNamespace } from '../../src/plan/plan-namespace.ts';
import { replanTarget } from '../../src/plan/replan-target.ts';
import { applyPlanned, planOf } from '../support/shop/apply-planned.ts';
import { floorsOf } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
import { minutes, namespaces } from './arbitrary-namespace.ts';

const settings = { numRuns: 150, seed: 20_261_127 };

/** What a target's live object may have become since it was observed. */
const change = fc
  .record({
    target: fc.constantFrom('gateway', 'storefront', 'checkout', 'payments'),
    hasAutoscaler: fc.boolean(),
    minReplicas: fc.integer({ min: 1, max: 150 }),
    room: fc.integer({ min: 0, max: 100 }),
    floor: fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined }),
    floorMax: fc.option(fc.integer({ min: 1, max: 250 }), { nil: undefined }),
    currentReplicas: fc.integer({ min: 0, max: 200 }),
    desiredReplicas: fc.integer({ min: 0, max: 200 }),
    otherWriters: fc.constantFrom([], ['argocd']),
  })
  .map(one => one);
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function changed(observed: TargetObservation, live: Change): TargetObservation {
  const { minReplicas, room, floor, floorMax, currentReplicas, desiredReplicas, otherWriters } = live;
  const { workload } = observed;
  if (observed.autoscalers.length === 0 && 'uid' in workload) {
    return { ...observed, workload: { ...workload, replicas: currentReplicas } };
  }
  const autoscalers = observed.autoscalers.map((known): AutoscalerObservation => {
    const { floor: _, floorMax: __, ...rest } = known;
    const annotations = { ...(floor === undefined ? {} : { floor }), ...(floorMax === undefined ? {} : { floorMax }) };
    const bounds = { minReplicas, maxReplicas: minReplicas + room };
    return { ...rest, ...bounds, currentReplicas, desiredReplicas, otherWriters, ...annotations };
  });
  return { ...observed, autoscalers };
}

/** A namespace at a time, after a first plan of it was applied earlier; without an HPA on the changed target, where asked. */
const scenes = fc.record({ given: namespaces, later: minutes(-180, 400), live: change, isLimited: fc.boolean() });
type Scene = typeof scenes extends fc.Arbitrary<infer Value> ? Value : never;

function play({ given, later, live, isLimited }: Scene) {
  const { maxTotalReplicas: _, limits: __, ...unlimited } = given.policy ?? {};
  const raised = applyPlanned(given, planOf(given).plan);
  const before: Given = { ...raised, now: formatInstant(later), policy: isLimited ? (given.policy ?? {}) : unlimited };
  const target = before.targets[live.target] ?? {};
  const targets = live.hasAutoscaler
    ? before.targets
    : { ...before.targets, [live.target]: { ...target, hpa: 'none' } };
  const scene = { ...before, targets } as Given;
  const observation = observationOf(scene);
  const forecasts = forecastsOf(scene, observation);
  const floors = floorsOf(observation, forecasts);
  const observed = changed(find(observation, live.target), live);
  const now = observation.targets.map(one => (one.target.metadata.name === live.target ? observed : one));
  const whole = floorsOf({ ...observation, targets: now }, forecasts);
  return { floors, whole, one: replanTarget(floors, observed), name: live.target };
}

describe('one target planned anew', () => {
  test('has the plan that the whole namespace with its live object has, while the others are granted the same', () => {
    let equal = 0;
    fc.assert(
      fc.property(scenes, scene => {
        const { floors, whole, one, name } = play(scene);
        const isSame = [...granted(floors)].every(
          ([other, replicas]) => other === name || granted(whole).get(other) === replicas,
        );
        if (!scene.isLimited) expect(isSame).toBe(true);
        if (!isSame) return;
        equal += 1;
        expect(one.plan).toEqual(planOfTarget(planNamespace(whole), name));
      }),
      settings,
    );
    expect(equal).toBeGreaterThan(settings.numRuns / 2);
  });

  test("takes nothing of the namespace's total that was granted to others", () => {
    const sale = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
    const given: Given = {
      now: '2026-11-27T18:59:00Z',
      policy: { maxTotalReplicas: 60 },
      sales: [{ ...sale, name: 'drop', entryPoints: ['gateway', 'storefront'] }],
      targets: {
        gateway: { forecast: 100, adds: { drop: 0 } },
        storefront: { forecast: 500, adds: { drop: 0 } },
      },
    };
    const observation = observationOf(given);
    const forecasts = forecastsOf(given, observation);
    const floors = floorsOf(observation, forecasts);
    expect([...granted(floors)]).toEqual([
      ['gateway', 11],
      ['storefront', 49],
    ]);

    // Somebody has put back a raise to 70 that the cache has not shown: by the law of the floor 70 replicas are held.
    const [gateway] = observation.targets;
    if (gateway === undefined) throw new Error('no target');
    const live = gateway.autoscalers.map(hpa => ({ ...hpa, floor: 70, floorMax: 105 }));
    const renewed = { ...gateway, autoscalers: live };
    const whole = floorsOf({ ...observation, targets: [renewed, ...observation.targets.slice(1)] }, forecasts);
    expect(grantedTo(whole, 'gateway')).toBeGreaterThan(20);

    const { plan, floors: after } = replanTarget(floors, renewed);
    expect([...granted(after)]).toEqual([...granted(floors)]);
    expect(plan).toMatchObject({ bounds: { minReplicas: 11 }, reason: 'AtCeiling' });
    expect(plan.because.at(-3)?.message).toBe("the policy's maxTotalReplicas of 60 leaves 11 of 70 replicas");
  });

  test('leaves what it is granted anew to nobody else', () => {
    const sale = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
    const given: Given = {
      now: '2026-11-27T18:59:00Z',
      policy: { maxTotalReplicas: 60 },
      sales: [{ ...sale, name: 'drop', entryPoints: ['gateway', 'storefront'] }],
      targets: {
        gateway: { forecast: 100, adds: { drop: 0 } },
        storefront: { forecast: 100, adds: { drop: 0 } },
      },
    };
    const observation = observationOf(given);
    let floors = floorsOf(observation, forecastsOf(given, observation));
    for (const observed of observation.targets) {
      const autoscalers = observed.autoscalers.map(hpa => ({ ...hpa, floor: 70, floorMax: 105 }));
      ({ floors } = replanTarget(floors, { ...observed, autoscalers }));
    }
    expect(sum([...granted(floors).values()])).toBeLessThanOrEqual(60);
    expect(grantedTo(floors, 'gateway')).toBeGreaterThan(10);
  });

  test('is refused by name when it was not observed', () => {
    const observation = observationOf({ now: '2026-11-27T12:00:00Z', targets: { gateway: {} } });
    const [gateway] = observation.targets;
    if (gateway === undefined) throw new Error('no target');
    const floors = floorsOf({ ...observation, targets: [] }, {});
    expect(() => replanTarget(floors, gateway)).toThrow('target gateway is not in the observation');
  });
});

function planOfTarget(plan: Plan, name: string) {
  return plan.targets.find(({ target }) => target === name);
}

/** Replicas that each target may have of the namespace's total. */
function granted({ desiredFloors }: NamespaceFloors): ReadonlyMap<string, number> {
  return new Map(
    desiredFloors.map(({ name, replicas, observed }) => [name, replicas ?? observed.target.spec.baseline.minReplicas]),
  );
}

function grantedTo(floors: NamespaceFloors, name: string): number {
  return granted(floors).get(name) ?? 0;
}

function find({ targets }: Observation, name: string): TargetObservation {
  const found = targets.find(({ target }) => target.metadata.name === name);
  if (found === undefined) throw new Error(`no target ${name}`);
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
