import type { Observation } from '../../../src/observe/observation.ts';
import type { DemandForecasts } from '../../../src/plan/demand/demand-forecasts.ts';
import { type NamespaceFloors, namespaceFloors } from '../../../src/plan/floor/namespace-floors.ts';
import type { ReplicaRule } from '../../../src/plan/floor/replicas/replica-rule.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planNamespace } from '../../../src/plan/plan-namespace.ts';
import { acceptedOf } from './accepted-of.ts';

/** The plan of a namespace from first to last, as a reconcile makes it. */
export function planObservation(
  observation: Observation,
  forecasts: DemandForecasts,
  rules?: readonly ReplicaRule[],
): Plan {
  return planNamespace(floorsOf(observation, forecasts, rules));
}

/** What that plan is made from. */
export function floorsOf(
  observation: Observation,
  forecasts: DemandForecasts,
  rules?: readonly ReplicaRule[],
): NamespaceFloors {
  return namespaceFloors({
    observation,
    accepted: acceptedOf(observation),
    forecasts,
    ...(rules === undefined ? {} : { rules }),
  });
}
