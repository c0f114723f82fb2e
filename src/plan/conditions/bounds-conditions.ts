import type { ConditionUpdate } from '../../api/condition.ts';
import { fieldManager } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import { isRaised } from '../accept/scaler.ts';
import type { TargetDecision } from '../bounds/target-decision.ts';
import { condition } from '../condition.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';

/** Whether the live object carries what was decided. */
export function boundsInForce(
  { scaler, observed }: DesiredFloor,
  { action, bounds, replicas, reason }: TargetDecision,
): ConditionUpdate<'BoundsInForce'> {
  const { workload } = observed;
  if (scaler === undefined) {
    return condition(
      'BoundsInForce',
      'False',
      'NothingToWriteTo',
      'There is no single HPA and no workload to write bounds to.',
    );
  }
  if (!isMissing(workload) && workload.replicas === 0) {
    const message = `${workload.kind} ${workload.name} is scaled to 0, which switches scaling off: scale it to 1 or more and it is raised again.`;
    return condition('BoundsInForce', 'False', 'ScaledToZero', message);
  }
  if (action !== 'Write') {
    const message = action === 'Hold' && reason === 'Paused' ? 'Bounds stay as they are.' : 'No raise is due.';
    return condition('BoundsInForce', 'True', reason, message);
  }
  const isThere =
    scaler.kind === 'Workload'
      ? replicas === undefined || scaler.currentReplicas === replicas
      : scaler.minReplicas === bounds.minReplicas && scaler.maxReplicas === bounds.maxReplicas;
  const what =
    scaler.kind === 'Workload'
      ? `${replicas ?? scaler.currentReplicas} replicas`
      : `${bounds.minReplicas}..${bounds.maxReplicas}`;
  return isThere
    ? condition('BoundsInForce', 'True', reason, `${scaler.name} is at ${what}.`)
    : condition('BoundsInForce', 'False', 'Writing', `${scaler.name} goes to ${what}.`);
}

/** Whether the bounds outside a raise are other than declared; never a reason to write. */
export function baselineDiffers({ scaler, observed }: DesiredFloor): ConditionUpdate {
  const { baseline } = observed.target.spec;
  const stated = `${baseline.minReplicas}..${baseline.maxReplicas}`;
  if (scaler === undefined || scaler.kind === 'Workload') {
    return condition('BaselineDiffers', 'False', 'NoAutoscaler', 'There is no HPA whose bounds could differ.');
  }
  if (isRaised(scaler))
    return condition('BaselineDiffers', 'False', 'Raised', `The bounds go back to ${stated} afterwards.`);
  const live = `${scaler.minReplicas}..${scaler.maxReplicas}`;
  return live === stated
    ? condition('BaselineDiffers', 'False', 'Same', `HPA ${scaler.name} has the baseline ${stated}.`)
    : condition(
        'BaselineDiffers',
        'True',
        'Different',
        `HPA ${scaler.name} has ${live}, the baseline says ${stated}: nothing is written outside a raise, make them agree.`,
      );
}

/** Whether somebody has undone a raise, and who. */
export function contested({ scaler }: DesiredFloor): ConditionUpdate {
  const isPutBack =
    scaler !== undefined &&
    ((scaler.floor !== undefined && scaler.minReplicas < scaler.floor) ||
      (scaler.floorMax !== undefined && scaler.maxReplicas < scaler.floorMax));
  if (!isPutBack) return condition('Contested', 'False', 'Alone', 'Nobody has undone a raise.');
  const who = scaler.otherWriters.find(writer => writer !== fieldManager) ?? 'Somebody';
  const message =
    scaler.kind === 'Autoscaler'
      ? `${who} put HPA ${scaler.name} back to ${scaler.minReplicas}..${scaler.maxReplicas}: tell it to leave minReplicas and maxReplicas alone.`
      : `${who} put ${scaler.name} back to ${scaler.currentReplicas} replicas: tell it to leave replicas alone.`;
  return condition('Contested', 'True', 'PutBack', message);
}

/** Whether a limit leaves less than is needed, and which. */
export function atCeiling(
  { boundBy, floor, replicas }: DesiredFloor,
  { isShared, because }: TargetDecision,
): ConditionUpdate {
  const limit = because.filter(({ rule }) => rule === 'limit').at(-1);
  if (limit === undefined || (boundBy === undefined && isShared !== true)) {
    return condition(
      'AtCeiling',
      'False',
      'WithinLimits',
      `No limit binds${replicas === undefined ? '' : ` at ${replicas} replicas`}.`,
    );
  }
  const reason = isShared === true ? 'TotalReplicas' : (boundBy?.name ?? 'Ceiling');
  return condition('AtCeiling', 'True', reason, `${floor?.replicas ?? 0} replicas are needed: ${limit.message}.`);
}
