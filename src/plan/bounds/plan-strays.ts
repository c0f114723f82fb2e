import { autoscalerKindOf, nameAutoscaler } from '../../api/autoscalers/autoscaler-kind.ts';
import { parseInstant } from '../../api/instant.ts';
import { isAutoscaler, type Paused } from '../../api/scaling-target.ts';
import type { Observation, StrayObservation } from '../../observe/observation.ts';
import { stopsLowering } from '../accept/effective-mode.ts';
import { raisedMarks } from '../accept/raised-marks.ts';
import { isRaised, type Scaler } from '../accept/scaler.ts';
import { isLetGo } from '../accept/target-standing.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds, StrayPlan, TargetPlan } from '../plan.ts';
import { describeBounds, sameBounds } from './describe-bounds-change.ts';
import { highestRecorded } from './highest-recorded.ts';
import { restoreBounds } from './restore-bounds.ts';
import { describePause } from './target-decision.ts';

/** Input for the restore of raised objects that their targets refer to no longer. */
export interface StraysInput {
  readonly observation: Observation;
  readonly desiredFloors: readonly DesiredFloor[];
  /** Plans of the targets at the same instant. */
  readonly targets: readonly TargetPlan[];
  /** What is forbidden in the whole namespace, as `namespacePause` gives it. */
  readonly paused: Paused;
}

/**
 * Plans the next step back of each object that a target has raised and refers to no longer: its `workloadRef` or the
 * HPA's `scaleTargetRef` was edited, or the object was replaced.
 *
 *   the object                                        →  action
 *   is gone, or back at its bounds                       Release: the record is removed
 *   is recorded by another target, too                   Release: that one restores it
 *   is a workload that an HPA scales by now              Release: the HPA decides its replicas
 *   is being raised for another target                   Hold, until that one has recorded it
 *   is still raised, and lowering is paused              Hold
 *   anything, while caches may be out of date            Hold: what seems gone may be there
 *   is still raised, in a sale of a refused target       Hold: a typing error lowers nothing during a sale
 *   is still raised, in a sale, by an unread target      Hold, unless that is being deleted
 *   is still raised                                      Write the bounds that it had before, by the policy's rampDown
 */
export function planStrays({
  observation,
  desiredFloors,
  targets,
  paused: inNamespace,
}: StraysInput): readonly StrayPlan[] {
  return (observation.strays ?? []).flatMap(stray => {
    const owner = desiredFloors.find(({ name }) => name === stray.target);
    if (owner !== undefined && isLetGo(owner.observed.target)) return [];
    const paused = owner?.paused ?? inNamespace;
    const plan = planStray(stray, { observation, targets, paused, owner });
    const isDoubtful = (observation.doubts ?? []).length > 0 && plan.action === 'Release';
    return [{ raised: stray.raised, plan: isDoubtful ? { ...plan, action: 'Hold' } : plan }];
  });
}

/** Describes what a target waits for because of its strays, in words; undefined when it has none. */
export function describeStrays(target: string, strays: readonly StrayPlan[]): string | undefined {
  const own = strays.filter(({ plan }) => plan.target === target).flatMap(({ plan }) => plan.change ?? []);
  return own.length === 0 ? undefined : own.join('; ');
}

interface StrayContext {
  readonly observation: Observation;
  readonly targets: readonly TargetPlan[];
  readonly paused: Paused;
  readonly owner: DesiredFloor | undefined;
}

function planStray(stray: StrayObservation, context: StrayContext): TargetPlan {
  const { raised } = stray;
  const from = { minReplicas: raised.minReplicas, maxReplicas: raised.maxReplicas };
  const scaler = strayScaler(stray, from);
  const release: TargetPlan = { ...basePlan(stray, from), action: 'Release' };
  if (scaler === undefined || !isRaised(scaler) || stray.hasAutoscaler) return release;
  if (recordsElsewhere(stray, context.observation)) return release;
  const live = isAutoscaler(raised) ? describeBounds(scaler) : `${scaler.currentReplicas} replicas`;
  const objectKind = autoscalerKindOf(raised);
  const name =
    objectKind === undefined ? `${raised.kind} ${raised.name}` : nameAutoscaler({ objectKind, name: raised.name });
  const why = whyHeld(stray, context);
  if (why !== undefined)
    return {
      ...basePlan(stray, { minReplicas: scaler.minReplicas, maxReplicas: scaler.maxReplicas }),
      action: 'Hold',
      change: `${name}, which ${stray.target} raised and does not refer to any more, stays at ${live}: ${why}`,
    };
  const { policy, now } = context.observation;
  const peak = highestRecorded(stray.target, scaler, context.observation);
  const { waitsFor, ...back } = restoreBounds({ scaler, spec: { baseline: from }, peak, policy, now });
  const goal = isAutoscaler(raised) ? describeBounds(back.bounds) : `${back.bounds.minReplicas} replicas`;
  const step = sameBounds(back.bounds, scaler) ? `stays at ${live} for now` : `goes from ${live} to ${goal}`;
  const rest = waitsFor === undefined ? 'as it was before' : waitsFor;
  return {
    ...basePlan(stray, from),
    ...back,
    ...(isAutoscaler(raised) ? {} : { replicas: back.bounds.minReplicas }),
    action: 'Write',
    change: `${name}, which ${stray.target} raised and does not refer to any more, ${step}: ${rest}`,
  };
}

function basePlan({ target, raised }: StrayObservation, bounds: Bounds) {
  return {
    target,
    ...(isAutoscaler(raised) ? { autoscaler: raised.name } : {}),
    bounds,
    reason: 'Restoring',
    because: [],
    conditions: [],
  } as const;
}

/** The live object as a scaler, with what of it is raised; undefined when it is gone. */
function strayScaler({ autoscaler, workload, raised, isIdle }: StrayObservation, rest: Bounds): Scaler | undefined {
  if (autoscaler !== undefined) {
    const { floor: _floor, floorMax: _floorMax, ...live } = autoscaler;
    const running = isIdle ? { currentReplicas: 0, desiredReplicas: 0 } : {};
    return { kind: 'Autoscaler', ...live, ...running, ...raisedMarks(autoscaler, { isRecorded: true, rest }) };
  }
  if (workload === undefined) return undefined;
  const { replicas, replicasWriter, writtenAt } = workload;
  const isOurs = replicasWriter === 'headstart' && replicas > rest.minReplicas;
  return {
    kind: 'Workload',
    name: raised.name,
    minReplicas: replicas,
    maxReplicas: replicas,
    // Nothing measures its demand any more, so nothing asks for more than it had.
    currentReplicas: 0,
    desiredReplicas: 0,
    ...(isOurs ? { floor: replicas } : {}),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    otherWriters: [],
  };
}

/** Returns true when another target has recorded the same object: it restores it. */
function recordsElsewhere({ target, raised }: StrayObservation, { targets }: Observation): boolean {
  return targets.some(
    ({ target: { metadata, status } }) =>
      metadata.name !== target && (status?.raised ?? []).some(({ uid }) => uid === raised.uid),
  );
}

/** Returns true while a target that cannot be read keeps what it raised: in a sale, unless it is being deleted. */
function isHeldUnread(target: string, { now, salePlans, unreadable }: Observation): boolean {
  const unread = unreadable.find(({ kind, name }) => kind === 'ScalingTarget' && name === target);
  if (unread?.pendingRestore?.deletionTimestamp !== undefined) return false;
  return salePlans.some(({ status }) => {
    const plan = status?.plan;
    return plan !== undefined && parseInstant(plan.prescaleTime) <= now && now < parseInstant(plan.endTime);
  });
}

/** Why a raised stray is not lowered now; undefined when it is. */
function whyHeld(
  { raised, target }: StrayObservation,
  { observation, targets, paused, owner }: StrayContext,
): string | undefined {
  const raiser = targets.find(({ target: name, action, floor }) => {
    if (name === target || action !== 'Write' || floor === undefined) return false;
    const observed = observation.targets.find(({ target: { metadata } }) => metadata.name === name);
    return observed?.autoscalers.some(({ uid }) => uid === raised.uid);
  });
  if (raiser !== undefined) return `${raiser.target} raises it now`;
  const { onlyRaises } = owner ?? {};
  if (stopsLowering(paused)) return describePause({ paused, ...(onlyRaises === undefined ? {} : { onlyRaises }) });
  if (owner === undefined && isHeldUnread(target, observation))
    return `${target} cannot be read, and a sale is planned to run now`;
  const isRefusedInSale = owner?.refusal !== undefined && owner.covering.length > 0;
  if (isRefusedInSale && owner.forecastOnlyBy === undefined)
    return `a sale covers the target, which is refused (${owner.refusal?.reason})`;
  return undefined;
}
