import { restoreFinalizer } from '../../api/group.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { stopsLowering } from '../accept/effective-mode.ts';
import { isRaised } from '../accept/scaler.ts';
import { describeMode, isLetGo, mayRaise } from '../accept/target-standing.ts';
import { type DesiredFloor, isBound } from '../floor/desired-floor.ts';
import type { TargetReason } from '../plan.ts';
import { raiseTarget } from './raise-target.ts';
import { restoreTarget } from './restore-target.ts';
import { describePause, holdBounds, liveBounds, type TargetDecision } from './target-decision.ts';

/**
 * Decides what to do about one target.
 *
 *   floor above baseline   may raise   raised by us   paused   →  action
 *   yes                    yes         any            None        Write the floor
 *   yes                    yes         any            Up          Hold
 *   yes                    refused     yes            any         Hold: a typing error lowers nothing during a sale
 *   yes                    given up    yes            None        Write the restore
 *   no                     any         yes            None        Write the restore
 *   no                     any         yes            Down        Hold
 *   any                    any         no             any         Hold, or Release our finalizer if caches are fresh
 *   any                    let go      any            any         Release
 *
 * "Given up" is a target in mode ForecastOnly or being deleted; one that is being deleted is "let go" by an annotation.
 */
export function planTarget(desired: DesiredFloor, observation: Observation): TargetDecision {
  const { scaler, observed, refusal, covering, paused, replicas, because } = desired;
  const { baseline } = observed.target.spec;
  if (isLetGo(observed.target)) return atRest(desired, observation);
  const wantsRaise = mayRaise(desired) && replicas !== undefined && replicas > baseline.minReplicas;
  if (scaler !== undefined && wantsRaise) return raiseTarget(desired, scaler, observation);
  if (scaler === undefined || !isRaised(scaler)) return atRest(desired, observation);
  const isHeldByRefusal = refusal !== undefined && covering.length > 0 && desired.forecastOnlyBy === undefined;
  if (isHeldByRefusal) {
    const heldBy = `a sale covers the target, which is refused (${refusal.reason})`;
    return holdBounds(desired, scaler, { reason: 'Refused', because, heldBy });
  }
  if (stopsLowering(paused))
    return holdBounds(desired, scaler, { reason: 'Paused', because, heldBy: describePause(desired) });
  return restoreTarget(desired, scaler, observation);
}

/** The decision where no floor of ours is in force and none is due. */
function atRest(desired: DesiredFloor, { doubts = [] }: Observation): TargetDecision {
  const { scaler, observed, refusal, forecastOnlyBy, replicas, because, isShared } = desired;
  const { spec } = observed.target;
  const { minReplicas } = spec.baseline;
  const wouldRaise = replicas !== undefined && replicas > minReplicas;
  const idle: TargetReason = isBound(desired) ? 'AtCeiling' : 'Baseline';
  const forbidden: TargetReason = wouldRaise && forecastOnlyBy !== undefined ? 'ForecastOnly' : idle;
  return {
    bounds: scaler?.kind === 'Autoscaler' ? liveBounds(scaler) : spec.baseline,
    action: hasMark(desired) && doubts.length === 0 ? 'Release' : 'Hold',
    reason: refusal !== undefined ? 'Refused' : forbidden,
    because: forbidden === 'ForecastOnly' ? [...because, watchedStep(desired, replicas ?? 0)] : because,
    isShared,
  };
}

/** Returns true when the target carries our finalizer or a record of a raise. */
function hasMark({ observed }: DesiredFloor): boolean {
  const { metadata, status } = observed.target;
  return metadata.finalizers?.includes(restoreFinalizer) === true || (status?.raised ?? []).length > 0;
}

function watchedStep(desired: DesiredFloor, replicas: number): ReasonStep {
  const message = `${describeMode(desired)}: ${replicas} replicas would be in force in mode Apply`;
  return { rule: 'mode', value: replicas, unit: 'replicas', message };
}
