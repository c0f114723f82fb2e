import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { stopsRaises } from '../accept/effective-mode.ts';
import { isAbove, type Scaler, whoPutBack } from '../accept/scaler.ts';
import { type DesiredFloor, isBound } from '../floor/desired-floor.ts';
import { surgeRoomSteps } from '../floor/surge-room.ts';
import type { Bounds } from '../plan.ts';
import { describeBounds, sameBounds } from './describe-bounds-change.ts';
import { planBounds } from './plan-bounds.ts';
import { describePause, holdBounds, type TargetDecision } from './target-decision.ts';
import { withinPause } from './within-pause.ts';

/** The decision that writes a floor, or holds the live bounds where a pause forbids it. */
export function raiseTarget(desired: DesiredFloor, scaler: Scaler, { limits }: Observation): TargetDecision {
  const { observed, paused, floor, replicas, because, isShared } = desired;
  const { spec } = observed.target;
  const planned = planBounds({
    floor: replicas,
    spec,
    cap: highestBound(desired),
    surgeRoomPercent: desired.floor?.reason === 'Emergency' ? Number.POSITIVE_INFINITY : limits.surgeRoomPercent,
    room: desired.surgeRoom?.replicas,
    scaler,
  });
  const bounds = withinPause(planned, scaler, desired);
  if (scaler.kind === 'Autoscaler' && paused !== 'None' && sameBounds(bounds, scaler)) {
    return sameBounds(planned, scaler) && floor !== undefined
      ? holdBounds(desired, scaler, { reason: floor.reason, because })
      : holdBounds(desired, scaler, { reason: 'Paused', because, heldBy: describePause(desired) });
  }
  if (scaler.kind === 'Workload') return raiseReplicas(desired, scaler, bounds);
  return {
    bounds,
    action: 'Write',
    floor: ownMinimum(bounds, scaler, Math.max(spec.baseline.minReplicas, replicas ?? 0)),
    ...(bounds.maxReplicas > spec.baseline.maxReplicas ? { floorMax: ownMaximum(bounds, scaler, desired) } : {}),
    reason: isBound(desired) ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [
      ...because,
      ...putBackStep(scaler),
      ...pausedStep(planned, bounds, desired),
      ...surgeRoomSteps(desired.surgeRoom, bounds.maxReplicas),
      boundsStep(bounds),
    ],
    isShared,
  };
}

/**
 * The part of the minimum that we write: where another writer's higher one stays, the next reconcile must not take it
 * for ours.
 */
function ownMinimum({ minReplicas }: Bounds, scaler: Scaler, lawful: number): number {
  return isAbove(scaler.minReplicas, scaler.floor) ? Math.min(minReplicas, lawful) : minReplicas;
}

/** The most replicas that a bound may have: the cap, or what is approved. */
function highestBound({ cap, approvedBound = cap.replicas }: DesiredFloor): number {
  return Math.min(cap.replicas, approvedBound);
}

/** The same for the maximum, of which the cap is lawful. */
function ownMaximum({ maxReplicas }: Bounds, scaler: Scaler, desired: DesiredFloor): number {
  const lawful = Math.max(desired.observed.target.spec.baseline.maxReplicas, highestBound(desired));
  return isAbove(scaler.maxReplicas, scaler.floorMax) ? Math.min(maxReplicas, lawful) : maxReplicas;
}

function raiseReplicas(desired: DesiredFloor, scaler: Scaler, bounds: Bounds): TargetDecision {
  const { paused, floor, because, isShared } = desired;
  const { currentReplicas } = scaler;
  if (currentReplicas === 0 || (stopsRaises(paused) && bounds.minReplicas > currentReplicas)) {
    return currentReplicas === 0
      ? holdBounds(desired, scaler, { reason: floor?.reason ?? 'Baseline', because })
      : holdBounds(desired, scaler, { reason: 'Paused', because, heldBy: describePause(desired) });
  }
  const replicas = Math.max(currentReplicas, bounds.minReplicas);
  const message = `spec.replicas ${replicas}, through /scale: there is no HPA`;
  return {
    bounds,
    replicas,
    action: 'Write',
    floor: bounds.minReplicas,
    reason: isBound(desired) ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [...because, ...putBackStep(scaler), { rule: 'bounds', value: replicas, unit: 'replicas', message }],
    isShared,
  };
}

function pausedStep(planned: Bounds, bounds: Bounds, desired: DesiredFloor): readonly ReasonStep[] {
  if (sameBounds(planned, bounds)) return [];
  const message = `the bounds ${describeBounds(planned)} wait: ${describePause(desired)}`;
  return [{ rule: 'pause', value: bounds.minReplicas, unit: 'replicas', message }];
}

function putBackStep(scaler: Scaler): readonly ReasonStep[] {
  const writer = whoPutBack(scaler);
  if (writer === undefined) return [];
  const message = `${writer} put the bounds back to ${describeBounds(scaler)}`;
  return [{ rule: 'putBack', value: scaler.minReplicas, unit: 'replicas', message }];
}

function boundsStep({ minReplicas, maxReplicas }: Bounds): ReasonStep {
  const message = `minReplicas ${minReplicas}, maxReplicas ${maxReplicas}`;
  return { rule: 'bounds', value: minReplicas, unit: 'replicas', message };
}
