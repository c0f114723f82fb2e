import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../src/api/instant.ts';
import type { TargetPlan } from '../../src/plan/plan.ts';
import { applyPlanned, calmDown, planOf } from '../support/shop/apply-planned.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
import { evening, minutes, namespaces } from './arbitrary-namespace.ts';

/** What must always hold of a plan, whatever the namespace; the numbers are those of docs/reliability.md. */
const settings = { numRuns: 50, seed: 20_261_127 };

describe('a plan always', () => {
  test('keeps the baseline, min ≤ max, and every cap (1, 3, 4)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const { plan, observation } = planOf(given);
        for (const planned of written(plan.targets)) {
          const { spec } = specOf(observation, planned);
          const cap = Math.min(
            spec.ceiling,
            (given.policy?.maxReplicasPerTarget as number) ?? Number.POSITIVE_INFINITY,
          );
          expect(planned.bounds.minReplicas).toBeGreaterThanOrEqual(spec.baseline.minReplicas);
          expect(planned.bounds.maxReplicas).toBeGreaterThanOrEqual(planned.bounds.minReplicas);
          expect(planned.bounds.minReplicas).toBeLessThanOrEqual(Math.max(cap, spec.baseline.minReplicas));
          expect(planned.bounds.maxReplicas).toBeLessThanOrEqual(Math.max(cap, spec.baseline.maxReplicas));
        }
      }),
      settings,
    );
  });

  test("keeps the namespace's total at every single write (3)", () => {
    fc.assert(
      fc.property(namespaces, minutes(-180, 400), (given, later) => {
        const raised = applyPlanned(given, planOf(given).plan);
        for (const at of [parseInstant(given.now), later]) {
          const { plan, observation } = planOf({ ...raised, now: formatInstant(at) });
          const total = (given.policy?.maxTotalReplicas as number | undefined) ?? 10_000;
          const standing = observation.targets.map(({ autoscalers: [hpa] }) => hpa?.minReplicas ?? 0);
          const highest = observation.targets.map(({ target, autoscalers: [hpa] }) => {
            const planned = plan.targets.find(one => one.target === target.metadata.name);
            return Math.max(hpa?.minReplicas ?? 0, planned?.action === 'Write' ? planned.bounds.minReplicas : 0);
          });
          expect(sum(highest)).toBeLessThanOrEqual(Math.max(total, sum(standing)));
        }
      }),
      settings,
    );
  });

  test('does not depend on the order of sales, SalePlans and targets (6)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const observation = observationOf(given);
        const forecasts = forecastsOf(given, observation);
        const reversed = {
          ...observation,
          sales: observation.sales.toReversed(),
          salePlans: observation.salePlans.toReversed(),
          targets: observation.targets.toReversed(),
        };
        const [straight, turned] = [observation, reversed].map(one => planObservation(one, forecasts));
        expect(turned).toEqual(straight);
      }),
      settings,
    );
  });

  test('asks no less for all sales together than for each alone (6)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const unlimited: Given = { ...given, policy: {} };
        const together = floors(unlimited);
        for (const sale of given.sales ?? []) {
          for (const [name, floor] of floors({ ...unlimited, sales: [sale] })) {
            expect(together.get(name)).toBeGreaterThanOrEqual(floor);
          }
        }
      }),
      settings,
    );
  });

  test('goes down in a sale only after its peak, and not at all with stale demand (7, 10)', () => {
    fc.assert(
      fc.property(namespaces, fc.array(minutes(-180, 400), { minLength: 2, maxLength: 6 }), (given, times) => {
        let state = given;
        for (const now of times.toSorted((a, b) => a - b)) {
          state = { ...state, now: formatInstant(now) };
          const { plan, observation } = planOf(state);
          for (const planned of written(plan.targets)) {
            const live = observation.targets.find(({ target }) => target.metadata.name === planned.target);
            const before = live?.autoscalers[0]?.floor ?? 0;
            const isLowered = planned.bounds.minReplicas < before;
            const covering = plan.sales.filter(
              ({ stage, mode, targets }) =>
                mode === 'Apply' &&
                (stage === 'Prescaling' || stage === 'Running') &&
                targets.some(({ target }) => target === planned.target),
            );
            // What several sales may have together is shared anew when one begins, whoever had it before.
            const isShared = planned.because.some(({ message }) => /^limit |maxTotalReplicas/.test(message));
            if (!isLowered || isShared || covering.length === 0) continue;
            for (const sale of covering) {
              const own = sale.targets.find(({ target }) => target === planned.target);
              expect(now).toBeGreaterThan(parseInstant(own?.peak.time ?? sale.salePlan));
            }
            expect(live?.demand).toMatchObject({ ageSeconds: 30 });
          }
          state = applyPlanned(state, plan);
        }
      }),
      settings,
    );
  });

  test('is settled once it is written: the same instant asks for nothing more (8)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const unlimited: Given = { ...given, policy: {} };
        const written_ = applyPlanned(unlimited, planOf(unlimited).plan);
        const { plan, observation } = planOf(written_);
        for (const planned of written(plan.targets)) {
          const hpa = observation.targets.find(({ target }) => target.metadata.name === planned.target)?.autoscalers[0];
          expect(planned).toMatchObject({ bounds: { minReplicas: hpa?.minReplicas, maxReplicas: hpa?.maxReplicas } });
          expect([planned.floor, planned.floorMax]).toEqual([hpa?.floor, hpa?.floorMax]);
        }
      }),
      settings,
    );
  });

  test('restores everything after the last sale, and then writes nothing more (5)', () => {
    fc.assert(
      fc.property(namespaces, fc.array(minutes(-180, 400), { maxLength: 5 }), (given, times) => {
        let state = withoutOrdinaryPeaks(given);
        for (const now of times.toSorted((a, b) => a - b)) {
          state = { ...state, now: formatInstant(now) };
          state = applyPlanned(state, planOf(state).plan);
        }
        const over = Math.max(evening, ...(given.sales ?? []).map(({ endTime }) => parseInstant(endTime)));
        for (const laterMinutes of [1, 2, 3, 4]) {
          state = calmDown({ ...state, now: formatInstant(over + laterMinutes * 60_000) });
          state = applyPlanned(state, planOf(state).plan);
        }
        const { plan, observation } = planOf(state);
        expect(plan.targets.map(({ action }) => action)).toEqual(plan.targets.map(() => 'Hold'));
        for (const { target, autoscalers } of observation.targets) {
          expect(autoscalers[0]).toMatchObject(target.spec.baseline);
          expect(autoscalers[0]).not.toHaveProperty('floor');
          expect(autoscalers[0]).not.toHaveProperty('floorMax');
        }
      }),
      settings,
    );
  });

  test('has the same minimum whichever ticks were missed on the way (15)', () => {
    fc.assert(
      fc.property(
        namespaces,
        fc.array(minutes(-180, 400), { maxLength: 6 }),
        minutes(-180, 400),
        (given, times, at) => {
          const fresh = withFreshDemand({ ...given, policy: {} });
          let state = fresh;
          for (const now of times.filter(time => time < at).toSorted((a, b) => a - b)) {
            state = { ...state, now: formatInstant(now) };
            state = calmDown(applyPlanned(state, planOf(state).plan));
          }
          const [missed, ticked] = [fresh, state].map(one => {
            const then = { ...one, now: formatInstant(at) };
            return liveMinimums(applyPlanned(then, planOf(then).plan));
          });
          expect(ticked).toEqual(missed);
        },
      ),
      settings,
    );
  });

  test('is the same after a restart, byte for byte (15)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const observation = observationOf(given);
        const forecasts = forecastsOf(given, observation);
        const before = JSON.stringify(planObservation(observation, forecasts));
        const [read, readForecasts] = JSON.parse(JSON.stringify([observation, forecasts]));
        expect(JSON.stringify(planObservation(read, readForecasts))).toBe(before);
      }),
      settings,
    );
  });

  test('is no lower for a stated field that is ignored or cannot be read', () => {
    fc.assert(
      fc.property(namespaces, uselessFields, (given, useless) => {
        const [without, beside] = [given, withUseless(given, useless)].map(liveAfter);
        for (const [name, minimum] of without ?? []) {
          expect(beside?.get(name), name).toBeGreaterThanOrEqual(minimum);
        }
      }),
      settings,
    );
  });

  test('leaves the healthy as they are, whatever stands beside them (13)', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const healthy = withoutTotal(given);
        const beside: Given = {
          ...healthy,
          sales: [
            ...(given.sales ?? []),
            { name: 'backwards', startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T19:00:00Z' },
            {
              name: 'nowhere',
              startTime: '2026-11-27T19:00:00Z',
              endTime: '2026-11-27T20:00:00Z',
              entryPoints: ['moon'],
            },
          ],
          unplanned: ['nowhere'],
          targets: {
            ...healthy.targets,
            'a-zero': { spec: { capacityPerReplica: '0' } },
            'b-circle': { spec: { calls: [{ target: 'c-circle', perThousandRequests: 1000 }] } },
            'c-circle': { spec: { calls: [{ target: 'b-circle', perThousandRequests: 1000 }] } },
            'd-two': { otherHpa: {} },
            'd-owned': { hpa: { owner: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'd-owned' } } },
            'e-gone': { hpa: 'none', workload: { missing: 'Deployment e-gone is not there' } },
          },
        };
        const [alone, amongBad] = [healthy, beside].map(one => planOf(one).plan);
        const names = new Set(Object.keys(given.targets));
        expect(amongBad?.targets.filter(({ target }) => names.has(target))).toEqual(alone?.targets);
        expect(amongBad?.sales).toEqual(alone?.sales);
      }),
      settings,
    );
  });
});

interface Useless {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly sale: Readonly<Record<string, unknown>>;
  readonly target: Readonly<Record<string, unknown>>;
  readonly unreadable: NonNullable<Given['unreadable']>;
}

/** Fields that no plan may be lower for: without restriction, or unreadable and so left out. */
const uselessFields: fc.Arbitrary<Useless> = fc.record({
  policy: fc.record(
    {
      freeze: fc.constant({ beforeSeconds: 3600, afterSeconds: 3600 }),
      nodeRoom: fc.constantFrom('PlaceholderPods', 'CapacityBuffer'),
      notify: fc.constant({ channel: 'sales' }),
    },
    { requiredKeys: [] },
  ),
  sale: fc.record({ similarTo: fc.constant(['drop-2025']) }, { requiredKeys: [] }),
  target: fc.record({ objective: fc.constant({ query: 'up', p95Milliseconds: 500 }) }, { requiredKeys: [] }),
  unreadable: fc.constantFrom(
    [],
    [{ kind: 'ScalingPolicy' as const, name: 'default', field: 'spec.rampDown', message: 'must be an object' }],
  ),
});

function withUseless(given: Given, { policy, sale, target, unreadable }: Useless): Given {
  const isUnreadable = unreadable.length > 0;
  const changed = mapTargets(given, one => ({ ...one, spec: { ...one.spec, ...target } }));
  return {
    ...changed,
    policy: { ...given.policy, ...policy, ...(isUnreadable ? { paused: 'Down' } : {}) },
    sales: (given.sales ?? []).map(one => ({ ...one, ...sale })),
    unreadable,
  };
}

/** The minimum that is in force once the plan is written, by target. */
function liveAfter(given: Given): ReadonlyMap<string, number> {
  const { targets } = applyPlanned(given, planOf(given).plan);
  return new Map(
    Object.entries(targets).map(([name, target]) => [
      name,
      typeof target?.hpa === 'object' ? (target.hpa.minReplicas ?? 0) : 0,
    ]),
  );
}

function written(targets: readonly TargetPlan[]): readonly TargetPlan[] {
  return targets.filter(({ action }) => action === 'Write');
}

function specOf(observation: ReturnType<typeof observationOf>, { target }: TargetPlan) {
  const found = observation.targets.find(one => one.target.metadata.name === target);
  if (found === undefined) throw new Error(`no target ${target}`);
  return found.target;
}

/** The minimum that would be in force, by target. */
function floors(given: Given): ReadonlyMap<string, number> {
  return new Map(planOf(given).plan.targets.map(({ target, bounds }) => [target, bounds.minReplicas]));
}

function liveMinimums({ targets }: Given) {
  return Object.entries(targets).map(([name, target]) => [name, target?.hpa === 'none' ? 0 : target?.hpa?.minReplicas]);
}

function withoutOrdinaryPeaks(given: Given): Given {
  return mapTargets(given, target => ({ ...target, spec: { ...target.spec, ordinaryPeaks: false } }));
}

function withFreshDemand(given: Given): Given {
  return mapTargets(given, target => ({ ...target, demand: { ageSeconds: 30 } }));
}

/** Without a total: it is shared with whoever stands beside. */
function withoutTotal(given: Given): Given {
  const { maxTotalReplicas: _, ...policy } = given.policy ?? {};
  return { ...given, policy };
}

function mapTargets(given: Given, change: (target: object & { spec?: object }) => object): Given {
  const targets = Object.entries(given.targets).map(([name, target]) => [name, change(target ?? {})]);
  return { ...given, targets: Object.fromEntries(targets) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
