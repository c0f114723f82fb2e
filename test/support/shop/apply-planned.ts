import type { Observation } from '../../../src/observe/observation.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { planObservation } from './plan-observation.ts';
import { forecastsOf, type Given, type GivenTarget, observationOf } from './planned-namespace.ts';

/** The plan of a given namespace, with inputs that nobody can edit. */
export function planOf(given: Given): { readonly plan: Plan; readonly observation: Observation } {
  const observation = deepFreeze(observationOf(given));
  return { observation, plan: planObservation(observation, deepFreeze(forecastsOf(given, observation))) };
}

/** The namespace after its plan was written and its HPAs followed: pods as many as the bounds ask for, at least. */
export function applyPlanned(given: Given, plan: Plan): Given {
  const targets = Object.entries(given.targets).map(([name, target]): [string, GivenTarget] => {
    const planned = plan.targets.find(one => one.target === name);
    const before = target ?? {};
    if (planned === undefined || planned.action === 'Hold' || before.hpa === 'none') return [name, before];
    if (planned.action === 'Release') return [name, { ...before, metadata: {} }];
    const { floor: _floor, floorMax: _floorMax, ...hpa } = before.hpa ?? {};
    const { minReplicas, maxReplicas } = planned.bounds;
    const running = hpa.currentReplicas ?? minReplicas;
    const currentReplicas = Math.min(maxReplicas, Math.max(minReplicas, running));
    const annotations = {
      ...(planned.floor === undefined ? {} : { floor: planned.floor }),
      ...(planned.floorMax === undefined ? {} : { floorMax: planned.floorMax }),
    };
    return [
      name,
      {
        ...before,
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { ...hpa, minReplicas, maxReplicas, currentReplicas, desiredReplicas: minReplicas, ...annotations },
      },
    ];
  });
  return { ...given, targets: Object.fromEntries(targets) };
}

/** The load is gone: every HPA is down to its minimum. */
export function calmDown(given: Given): Given {
  const targets = Object.entries(given.targets).map(([name, target]): [string, GivenTarget | null] => {
    if (target === null || target.hpa === 'none' || target.hpa?.minReplicas === undefined) return [name, target];
    const { minReplicas } = target.hpa;
    return [name, { ...target, hpa: { ...target.hpa, currentReplicas: minReplicas, desiredReplicas: minReplicas } }];
  });
  return { ...given, targets: Object.fromEntries(targets) };
}
