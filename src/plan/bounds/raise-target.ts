import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { stopsLowering, stopsRaises } from '../accept/effective-mode.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds } from '../plan.ts';
import { planBounds } from './plan-bounds.ts';
import { holdLive, type TargetDecision } from './target-decision.ts';

/** The decision that puts a floor in force, or holds what is there where a pause forbids it. */
export function raiseTarget(desired: DesiredFloor, scaler: Scaler, { limits }: Observation): TargetDecision {
  const { observed, cap, paused, floor, replicas, because, isShared } = desired;
  const { spec } = observed.target;
  const planned = planBounds({
    floor: replicas,
    spec,
    cap: cap.replicas,
    surgeRoomPercent: limits.surgeRoomPercent,
    scaler,
  });
  const bounds = withinPause(planned, scaler, desired);
  if (scaler.kind === 'Autoscaler' && paused !== 'None' && sameBounds(bounds, scaler)) {
    const reason = sameBounds(planned, scaler) && floor !== undefined ? floor.reason : 'Paused';
    return holdLive(desired, scaler, reason, because);
  }
  if (scaler.kind === 'Workload') return raiseReplicas(desired, scaler, bounds);
  const isBound = desired.boundBy !== undefined || isShared;
  return {
    bounds,
    action: 'Write',
    floor: ownMinimum(bounds, scaler, Math.max(spec.baseline.minReplicas, replicas ?? 0)),
    ...(bounds.maxReplicas > spec.baseline.maxReplicas ? { floorMax: bounds.maxReplicas } : {}),
    reason: isBound ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [...because, boundsStep(bounds)],
    isShared,
  };
}

/** The part of the minimum that is ours: where somebody's higher one stays, the next look must know it for theirs. */
function ownMinimum({ minReplicas }: Bounds, scaler: Scaler, lawful: number): number {
  const isTheirs = scaler.floor === undefined || scaler.minReplicas > scaler.floor;
  return isTheirs ? Math.min(minReplicas, lawful) : minReplicas;
}

function raiseReplicas(desired: DesiredFloor, scaler: Scaler, bounds: Bounds): TargetDecision {
  const { paused, floor, boundBy, because, isShared } = desired;
  const { currentReplicas } = scaler;
  if (currentReplicas === 0 || (stopsRaises(paused) && bounds.minReplicas > currentReplicas)) {
    return holdLive(desired, scaler, currentReplicas === 0 ? (floor?.reason ?? 'Baseline') : 'Paused', because);
  }
  const replicas = Math.max(currentReplicas, bounds.minReplicas);
  const message = `spec.replicas ${replicas}, through /scale: there is no HPA`;
  return {
    bounds,
    replicas,
    action: 'Write',
    floor: bounds.minReplicas,
    reason: boundBy !== undefined || isShared ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [...because, { rule: 'bounds', value: replicas, unit: 'replicas', message }],
    isShared,
  };
}

/** Bounds that a pause allows: none above, or none below, what is there. */
function withinPause(bounds: Bounds, scaler: Scaler, { paused }: DesiredFloor): Bounds {
  if (scaler.kind === 'Workload') return bounds;
  const keep = (planned: number, live: number) => {
    const lowered = stopsRaises(paused) ? Math.min(planned, live) : planned;
    return stopsLowering(paused) ? Math.max(lowered, live) : lowered;
  };
  return {
    minReplicas: keep(bounds.minReplicas, scaler.minReplicas),
    maxReplicas: keep(bounds.maxReplicas, scaler.maxReplicas),
  };
}

function boundsStep({ minReplicas, maxReplicas }: Bounds): ReasonStep {
  const message = `minReplicas ${minReplicas}, maxReplicas ${maxReplicas}`;
  return { rule: 'bounds', value: minReplicas, unit: 'replicas', message };
}

function sameBounds(one: Bounds, other: Bounds): boolean {
  return one.minReplicas === other.minReplicas && one.maxReplicas === other.maxReplicas;
}
