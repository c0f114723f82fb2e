import { restoreFinalizer } from '../../../src/api/group.ts';
import type { Observation, TargetObservation } from '../../../src/observe/observation.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import {
  capOn,
  emergencyOf,
  forbidden,
  isGivenUp,
  isRaised,
  type Live,
  type Look,
  liveOf,
  minimumAfter,
  type Oracle,
} from './look.ts';

/** Floor, caps, min ≤ max, pauses and ownership: invariants 1, 3, 4, 10 and 11, at every single write. */
export const keepsBounds: Oracle = look => {
  const { observation, plan } = look;
  const own = new Map(observation.targets.map(observed => [observed.target.metadata.name, observed]));
  const faults = plan.targets.flatMap(planned => {
    const observed = own.get(planned.target);
    if (observed === undefined) return [`11: ${planned.target} is no target here`];
    const live = liveOf(observed);
    if (planned.action !== 'Write' || live === undefined) return [];
    return live.isWorkload
      ? replicasFaults(planned, observed, live)
      : boundsFaults(planned, { observed, live, observation });
  });
  return [...faults, ...pauseFaults(look), ...ownershipFaults(look), ...strayFaults(look)];
};

function boundsFaults(
  { target, bounds, floor, reason }: TargetPlan,
  { observed, live, observation }: { observed: TargetObservation; live: Live; observation: Observation },
): readonly string[] {
  const { baseline } = observed.target.spec;
  const { minReplicas, maxReplicas } = bounds;
  const cap = capOn(observed, observation);
  const lowest = forbidden(observed, observation).up ? Math.min(live.min, baseline.minReplicas) : baseline.minReplicas;
  const isOurs = live.floor !== undefined && live.min <= live.floor;
  const highest = Math.max(
    cap,
    baseline.minReplicas,
    isOurs && floor !== undefined && reason !== 'Restoring' && !forbidden(observed, observation).down ? 0 : live.min,
  );
  return [
    ...(minReplicas < lowest ? [`1: ${target} goes to ${minReplicas}, below its baseline`] : []),
    ...(minReplicas > maxReplicas ? [`4: ${target} ${minReplicas}..${maxReplicas}`] : []),
    ...(minReplicas > highest ? [`3: ${target} goes to min ${minReplicas} above ${highest}`] : []),
    ...(maxReplicas > Math.max(cap, baseline.maxReplicas, live.max)
      ? [`3: ${target} goes to max ${maxReplicas} above ${cap}`]
      : []),
    ...(maxReplicas < Math.min(live.running, live.max) &&
    maxReplicas !== live.max &&
    live.max > baseline.maxReplicas &&
    live.running > baseline.maxReplicas
      ? [`5: ${target} goes to max ${maxReplicas} and runs ${live.running}`]
      : []),
  ];
}

function replicasFaults({ target, replicas }: TargetPlan, observed: TargetObservation, live: Live): readonly string[] {
  const { minReplicas } = observed.target.spec.baseline;
  if (replicas === undefined || replicas >= Math.min(live.min, minReplicas)) return [];
  return [`1: ${target} goes to ${replicas} replicas, below its baseline`];
}

function pauseFaults({ observation, plan }: Look): readonly string[] {
  return observation.targets.flatMap(observed => {
    const planned = plan.targets.find(({ target }) => target === observed.target.metadata.name);
    const live = liveOf(observed);
    if (planned === undefined || planned.action !== 'Write' || live === undefined) return [];
    const { up, down } = forbidden(observed, observation);
    const min = minimumAfter(live, planned);
    const max = live.isWorkload ? min : planned.bounds.maxReplicas;
    return [
      ...(up && (min > live.min || max > live.max)
        ? [`10: ${planned.target} is raised while raises are forbidden`]
        : []),
      ...(down && (min < live.min || max < live.max)
        ? [`10: ${planned.target} is lowered while lowering is forbidden`]
        : []),
    ];
  });
}

/** Nothing is written outside a raise, and no mark is left where nothing was raised. */
function ownershipFaults({ observation, plan }: Look): readonly string[] {
  return plan.targets.flatMap(planned => {
    const observed = observation.targets.find(({ target }) => target.metadata.name === planned.target);
    const live = observed === undefined ? undefined : liveOf(observed);
    if (observed === undefined || live === undefined || planned.action !== 'Write') return [];
    const { metadata, status, spec } = observed.target;
    const isMarked = metadata.finalizers?.includes(restoreFinalizer) === true || (status?.raised ?? []).length > 0;
    const wasRaised = isRaised(live) || isMarked;
    const raises = planned.floor !== undefined && planned.floor > spec.baseline.minReplicas;
    return [
      ...(wasRaised || raises ? [] : [`11: ${planned.target} is written although nothing is raised`]),
      ...(isGivenUp(observed, observation) &&
      minimumAfter(live, planned) > Math.max(live.min, spec.baseline.minReplicas)
        ? [`11: ${planned.target} is raised although nobody allows it`]
        : []),
      ...(emergencyOf(observed, observation)?.action === 'Baseline' &&
      minimumAfter(live, planned) > Math.max(live.min, spec.baseline.minReplicas)
        ? [`11: ${planned.target} is raised in an emergency Baseline`]
        : []),
    ];
  });
}

/** What is left behind only goes down, and not below what it was. */
function strayFaults({ observation, plan }: Look): readonly string[] {
  return (plan.strays ?? []).flatMap(({ raised, plan: { action, bounds } }) => {
    const live = observation.strays?.find(stray => stray.raised.uid === raised.uid)?.autoscaler;
    if (action !== 'Write' || live === undefined) return [];
    const isBelow = bounds.minReplicas < Math.min(raised.minReplicas, live.minReplicas);
    return isBelow || bounds.minReplicas > Math.max(live.minReplicas, raised.minReplicas)
      ? [`5: the stray ${raised.name} goes to ${bounds.minReplicas}`]
      : [];
  });
}
