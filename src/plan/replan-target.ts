import type { TargetObservation } from '../observe/observation.ts';
import { type NamespaceFloors, withTarget } from './floor/namespace-floors.ts';
import type { TargetPlan } from './plan.ts';
import { targetPlan } from './target-plan.ts';

/**
 * Plans one target again from its present state, and returns the floors for the next target. As long as the namespace's
 * total does not bind, the result equals the plan of the whole namespace with this target.
 *
 * @throws RangeError when the target is not among the floors
 */
export function replanTarget(
  floors: NamespaceFloors,
  observed: TargetObservation,
): { readonly plan: TargetPlan; readonly floors: NamespaceFloors } {
  const { name } = observed.target.metadata;
  const renewed = withTarget(floors, observed);
  const desired = renewed.desiredFloors.find(other => other.name === name);
  if (desired === undefined)
    throw new RangeError(`target ${name} is not in the observation of ${floors.observation.namespace}`);
  return { plan: targetPlan(desired, renewed), floors: renewed };
}
