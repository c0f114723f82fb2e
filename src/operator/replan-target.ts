import { isMissing } from '../api/missing.ts';
import type { LiveObject } from '../apply/apply-plan.ts';
import type { Observation, TargetObservation } from '../observe/observation.ts';
import { autoscalerObservation } from '../observe/observe-autoscaler.ts';
import type { DemandForecasts } from '../plan/demand/demand-forecasts.ts';
import type { TargetPlan } from '../plan/plan.ts';
import { planNamespace } from '../plan/plan-namespace.ts';

/**
 * The plan of one target, with what its HPA or workload is at the moment of writing in place of what the cache held. Plan is
 * a pure function, so this is the plan that would have been made, had the cache been newer.
 *
 * @throws RangeError when the target is not in the observation
 */
export function replanTarget(
  observation: Observation,
  forecasts: DemandForecasts,
  target: string,
  live: LiveObject,
): TargetPlan {
  const targets = observation.targets.map(observed =>
    observed.target.metadata.name === target ? withLive(observed, live) : observed,
  );
  const plan = planNamespace({ ...observation, targets }, forecasts).targets.find(planned => planned.target === target);
  if (plan === undefined)
    throw new RangeError(`target ${target} is not in the observation of ${observation.namespace}`);
  return plan;
}

function withLive(observed: TargetObservation, live: LiveObject): TargetObservation {
  if ('autoscaler' in live) {
    const observation = autoscalerObservation(live.autoscaler);
    const autoscalers = observed.autoscalers.map(known => (known.name === observation.name ? observation : known));
    return { ...observed, autoscalers };
  }
  if (isMissing(observed.workload)) return observed;
  return { ...observed, workload: { ...observed.workload, ...live.workload } };
}
