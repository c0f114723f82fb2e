import { isMissing } from '../../../api/missing.ts';
import { stopsRaises } from '../../accept/effective-mode.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { forbiddenRaise } from './shortfall.ts';

/**
 * Finds the targets of a sale that cannot be raised as they are.
 *
 *   target                              →  reason          verdict
 *   cannot be served                       TargetRefused   forbidden
 *   raises are paused                      Paused          forbidden
 *   workload scaled to 0                   ScaledToZero    forbidden
 *   workload without a ready pod           NoReadyPod      AtRisk
 *
 * "Forbidden" is NoGo where the sale needs a raise, see `forbiddenRaise`.
 */
export function targetFindings(sale: ScheduledSale, reached: readonly DesiredFloor[]): readonly FeasibleFinding[] {
  return [refused, paused, scaledToZero, noReadyPod].flatMap(find => reached.flatMap(desired => find(sale, desired)));
}

function refused(sale: ScheduledSale, desired: DesiredFloor): readonly FeasibleFinding[] {
  const { name, refusal } = desired;
  if (refusal === undefined) return [];
  const message = `${name} cannot be raised: ${refusal.message}`;
  return [infeasible({ reason: 'TargetRefused', verdict: forbiddenRaise(sale, desired), message })];
}

function paused(sale: ScheduledSale, desired: DesiredFloor): readonly FeasibleFinding[] {
  const { name } = desired;
  if (!stopsRaises(desired.paused)) return [];
  const message = `${name} is not raised while paused: ${desired.paused}.`;
  const mend = 'Set paused to None in the ScalingTarget and the ScalingPolicy.';
  return [infeasible({ reason: 'Paused', verdict: forbiddenRaise(sale, desired), message, mend })];
}

function scaledToZero(sale: ScheduledSale, desired: DesiredFloor): readonly FeasibleFinding[] {
  const { name, observed } = desired;
  const { workload } = observed;
  if (isMissing(workload) || workload.replicas > 0) return [];
  const message = `${name} is scaled to 0, so nothing can raise it.`;
  const mend = `Scale ${workload.kind} ${workload.name} to 1 or more.`;
  return [infeasible({ reason: 'ScaledToZero', verdict: forbiddenRaise(sale, desired), message, mend })];
}

/** A workload that was read from files has no uid: its ready pods are not known. */
function noReadyPod(_sale: ScheduledSale, { name, observed: { workload } }: DesiredFloor): readonly FeasibleFinding[] {
  if (isMissing(workload) || workload.uid === '' || workload.replicas === 0 || workload.readyReplicas > 0) return [];
  const message = `${name} has no ready pod of ${workload.replicas} today.`;
  const mend = `kubectl describe pods of ${workload.kind} ${workload.name} says what its pods wait for.`;
  return [infeasible({ reason: 'NoReadyPod', verdict: 'AtRisk', message, mend })];
}
