import { isMissing } from '../api/missing.ts';
import type { LiveObject } from '../apply/apply-plan-input.ts';
import { inOurTime } from '../observe/in-our-time.ts';
import type { AutoscalerObservation, TargetObservation } from '../observe/observation.ts';
import { autoscalerObservation } from '../observe/workloads/observe-autoscaler.ts';
import type { NamespaceFloors } from '../plan/floor/namespace-floors.ts';
import type { TargetPlan } from '../plan/plan.ts';
import { replanTarget } from '../plan/replan-target.ts';

/**
 * Plans one target again with its HPA or workload as it is at the moment of writing, instead of the cached one. The
 * target keeps its share of the namespace's total, so that targets planned after it do not use that share.
 *
 * @throws RangeError when the target is not in the observation
 */
export function createReplan(floors: NamespaceFloors): (target: string, live: LiveObject) => TargetPlan {
  let latest = floors;
  return (target, live) => {
    const { targets, namespace } = floors.observation;
    const observed = targets.find(({ target: { metadata } }) => metadata.name === target);
    if (observed === undefined) throw new RangeError(`target ${target} is not in the observation of ${namespace}`);
    const replanned = replanTarget(latest, withLive(observed, live, floors.observation.clockSkewMs));
    latest = replanned.floors;
    return replanned.plan;
  };
}

function withLive(observed: TargetObservation, live: LiveObject, skewMs = 0): TargetObservation {
  if ('autoscaler' in live) {
    const observation = inOurTime(autoscalerObservation(live.autoscaler), skewMs);
    const autoscalers = observed.autoscalers.map(known =>
      known.uid === observation.uid ? withReplicas(observation, known) : known,
    );
    return { ...observed, autoscalers };
  }
  if (isMissing(observed.workload)) return observed;
  return { ...observed, workload: { ...observed.workload, ...live.workload } };
}

/** Keeps the replicas that the HPA of a ScaledObject told: the ScaledObject itself tells none. */
function withReplicas(live: AutoscalerObservation, known: AutoscalerObservation): AutoscalerObservation {
  if (live.objectKind !== 'ScaledObject') return live;
  const { currentReplicas, desiredReplicas } = known;
  return { ...live, currentReplicas, desiredReplicas };
}
