import type { RaisedObject } from '../../src/api/scaling-target.ts';
import type { AutoscalerObservation, WorkloadObservation } from '../../src/observe/observation.ts';
import type { Plan, StrayPlan, TargetPlan } from '../../src/plan/plan.ts';
import type { GivenTarget } from '../support/shop/planned-namespace.ts';
import type { State } from './world.ts';

/** What a target's HPA would have by its load: replicas. */
export type LoadOf = (target: string) => number;

/** The cluster after a plan was written at `now` (epoch ms), as the API server and the autoscalers leave it. */
export function writePlan(state: State, plan: Plan, now: number, loadOf: LoadOf): State {
  const targets = Object.entries(state.given.targets).map(([name, target]): [string, GivenTarget | null] => {
    const planned = plan.targets.find(one => one.target === name);
    const before = target ?? {};
    const after = planned === undefined ? before : written(name, before, planned, now);
    return [name, following(after, loadOf(name))];
  });
  const strays = state.strays.flatMap(stray => {
    const planned = plan.strays?.find(one => one.raised.uid === stray.raised.uid);
    return planned === undefined ? [stray] : strayAfter(stray, planned, now);
  });
  const { placeholders = [] } = state.given;
  const asked = placeholders.map(one => {
    const room = plan.rooms?.find(({ target }) => target === one.target);
    return room?.replicas === undefined ? one : { ...one, replicas: room.replicas };
  });
  const given = { ...state.given, targets: Object.fromEntries(targets), placeholders: asked };
  return { ...state, given, strays };
}

function written(name: string, before: GivenTarget, planned: TargetPlan, now: number): GivenTarget {
  if (planned.action === 'Hold') return before;
  const { status = {}, metadata = {} } = before;
  if (planned.action === 'Release') {
    const { finalizers: _, ...rest } = metadata;
    const { raised: _raised, floor: _floor, ...told } = status;
    return { ...before, metadata: rest, status: told };
  }
  const isRaise = planned.floor !== undefined || planned.floorMax !== undefined;
  const raised = (status.raised as readonly RaisedObject[] | undefined) ?? [];
  const own = before.hpa === 'none' ? workloadRecord(name, before) : autoscalerRecord(name, before.hpa ?? {});
  const records = isRaise && raised.every(({ uid }) => uid !== own.uid) ? [...raised, own] : raised;
  const { floor: _floor, ...told } = status;
  // What stays the same stays the same object, so that the target is parsed once (test/support/shop/kept-parses.ts).
  const isMarked = !isRaise || metadata.finalizers !== undefined;
  const isKept = before.status !== undefined && records === status.raised && planned.floor === status.floor;
  const marked: GivenTarget = {
    ...before,
    ...(isMarked ? {} : { metadata: { ...metadata, finalizers: ['headstart.dev/restore'] } }),
    ...(isKept
      ? {}
      : {
          status: {
            ...told,
            ...(records.length === 0 ? {} : { raised: records }),
            ...(planned.floor === undefined ? {} : { floor: planned.floor }),
          },
        }),
  };
  return before.hpa === 'none'
    ? { ...marked, workload: scaled(marked.workload as Partial<WorkloadObservation>, planned, now) }
    : { ...marked, hpa: bounded(before.hpa ?? {}, planned, now) };
}

function bounded(hpa: Partial<AutoscalerObservation>, { bounds, floor, floorMax }: TargetPlan, now: number) {
  const { floor: oldFloor, floorMax: oldMax, writtenAt, otherWriters, ...rest } = hpa;
  const isSame =
    hpa.minReplicas === bounds.minReplicas &&
    hpa.maxReplicas === bounds.maxReplicas &&
    oldFloor === floor &&
    oldMax === floorMax;
  const at = isSame ? writtenAt : now;
  return {
    ...rest,
    ...bounds,
    ...(otherWriters === undefined || !isSame ? {} : { otherWriters }),
    ...(at === undefined ? {} : { writtenAt: at }),
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
  };
}

function scaled(workload: Partial<WorkloadObservation> | undefined, { replicas, floor }: TargetPlan, now: number) {
  const { floor: _, ...rest } = workload ?? {};
  const isMoved = replicas !== undefined && replicas !== rest.replicas;
  return {
    ...rest,
    ...(isMoved ? { replicas, readyReplicas: replicas, replicasWriter: 'headstart', writtenAt: now } : {}),
    ...(floor === undefined ? {} : { floor }),
  };
}

/** Replicas as the HPA would have them: by its load, within its bounds. */
function following(target: GivenTarget, wanted: number): GivenTarget {
  const { hpa, workload } = target;
  if (hpa === 'none' || hpa?.minReplicas === undefined || hpa.maxReplicas === undefined) return target;
  if (workload !== undefined && 'replicas' in workload && workload.replicas === 0) return target;
  const desiredReplicas = Math.max(hpa.minReplicas, Math.min(hpa.maxReplicas, wanted));
  return { ...target, hpa: { ...hpa, currentReplicas: desiredReplicas, desiredReplicas } };
}

function strayAfter(stray: State['strays'][number], { plan }: StrayPlan, now: number): State['strays'] {
  if (plan.action === 'Release') return [];
  if (plan.action === 'Hold' || stray.autoscaler === undefined) return [stray];
  const autoscaler = bounded(stray.autoscaler, plan, now) as AutoscalerObservation;
  const calm = { currentReplicas: autoscaler.minReplicas, desiredReplicas: autoscaler.minReplicas };
  return [{ ...stray, autoscaler: { ...autoscaler, otherWriters: [], ...calm } }];
}

function autoscalerRecord(name: string, hpa: Partial<AutoscalerObservation>): RaisedObject {
  const isScaledObject = hpa.objectKind === 'ScaledObject';
  return {
    apiVersion: isScaledObject ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
    kind: isScaledObject ? 'ScaledObject' : 'HorizontalPodAutoscaler',
    name: hpa.name ?? name,
    uid: hpa.uid ?? `uid-hpa-${name}`,
    minReplicas: hpa.minReplicas ?? 4,
    maxReplicas: hpa.maxReplicas ?? 20,
  };
}

function workloadRecord(name: string, { workload }: GivenTarget): RaisedObject {
  const replicas = (workload as Partial<WorkloadObservation> | undefined)?.replicas ?? 4;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    uid: `uid-${name}`,
    minReplicas: replicas,
    maxReplicas: replicas,
  };
}
