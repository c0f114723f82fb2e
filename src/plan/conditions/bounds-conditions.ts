import type { ConditionUpdate } from '../../api/condition.ts';
import { fieldManager } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import { isRaised } from '../accept/lever.ts';
import type { TargetDecision } from '../bounds/target-decision.ts';
import { condition } from '../condition.ts';
import type { TargetWish } from '../floor/target-wish.ts';

/** Whether the live object carries what was decided. */
export function boundsInForce(
  { lever, observed }: TargetWish,
  { action, bounds, replicas, reason }: TargetDecision,
): ConditionUpdate {
  const { workload } = observed;
  if (lever === undefined) {
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
    lever.kind === 'Workload'
      ? replicas === undefined || lever.currentReplicas === replicas
      : lever.minReplicas === bounds.minReplicas && lever.maxReplicas === bounds.maxReplicas;
  const what =
    lever.kind === 'Workload'
      ? `${replicas ?? lever.currentReplicas} replicas`
      : `${bounds.minReplicas}..${bounds.maxReplicas}`;
  return isThere
    ? condition('BoundsInForce', 'True', reason, `${lever.name} is at ${what}.`)
    : condition('BoundsInForce', 'False', 'Writing', `${lever.name} goes to ${what}.`);
}

/** Whether the bounds outside a raise are other than declared; never a reason to write. */
export function baselineDiffers({ lever, observed }: TargetWish): ConditionUpdate {
  const { baseline } = observed.target.spec;
  const stated = `${baseline.minReplicas}..${baseline.maxReplicas}`;
  if (lever === undefined || lever.kind === 'Workload') {
    return condition('BaselineDiffers', 'False', 'NoAutoscaler', 'There is no HPA whose bounds could differ.');
  }
  if (isRaised(lever))
    return condition('BaselineDiffers', 'False', 'Raised', `The bounds go back to ${stated} afterwards.`);
  const live = `${lever.minReplicas}..${lever.maxReplicas}`;
  return live === stated
    ? condition('BaselineDiffers', 'False', 'Same', `HPA ${lever.name} has the baseline ${stated}.`)
    : condition(
        'BaselineDiffers',
        'True',
        'Different',
        `HPA ${lever.name} has ${live}, the baseline says ${stated}: nothing is written outside a raise, make them agree.`,
      );
}

/** Whether somebody has undone a raise, and who. */
export function contested({ lever }: TargetWish): ConditionUpdate {
  const isPutBack =
    lever !== undefined &&
    ((lever.floor !== undefined && lever.minReplicas < lever.floor) ||
      (lever.floorMax !== undefined && lever.maxReplicas < lever.floorMax));
  if (!isPutBack) return condition('Contested', 'False', 'Alone', 'Nobody has undone a raise.');
  const who = lever.otherWriters.find(writer => writer !== fieldManager) ?? 'Somebody';
  const message =
    lever.kind === 'Autoscaler'
      ? `${who} put HPA ${lever.name} back to ${lever.minReplicas}..${lever.maxReplicas}: tell it to leave minReplicas and maxReplicas alone.`
      : `${who} put ${lever.name} back to ${lever.currentReplicas} replicas: tell it to leave replicas alone.`;
  return condition('Contested', 'True', 'PutBack', message);
}

/** Whether a limit leaves less than is needed, and which. */
export function atCeiling(
  { boundBy, floor, replicas }: TargetWish,
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
