import { nameAutoscaler } from '../../api/autoscalers/autoscaler-kind.ts';
import type { ConditionUpdate } from '../../api/condition.ts';
import { isMissing } from '../../api/missing.ts';
import { isRaised, type Scaler, whoPutBack } from '../accept/scaler.ts';
import { clauseOf, describeBounds, describeBoundsChange, sameBounds } from '../bounds/describe-bounds-change.ts';
import type { TargetDecision } from '../bounds/target-decision.ts';
import { condition, sentenceOf } from '../condition.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds } from '../plan.ts';

/** Whether the live object carries the decided bounds; the message holds the last change of bounds and its reason. */
export function boundsInForce(desired: DesiredFloor, decision: TargetDecision): ConditionUpdate<'BoundsInForce'> {
  const { scaler, observed } = desired;
  const { reason } = decision;
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
  const change = isThere(scaler, decision) ? undefined : describeBoundsChange(desired, decision);
  if (change !== undefined) return condition('BoundsInForce', 'False', 'Writing', sentenceOf(change));
  const message = lastChange(desired) ?? describeStanding(desired, decision);
  return condition('BoundsInForce', 'True', reason, message);
}

function isThere(scaler: Scaler, { bounds, replicas }: TargetDecision): boolean {
  if (scaler.kind === 'Autoscaler') return sameBounds(scaler, bounds);
  return replicas === undefined || scaler.currentReplicas === replicas;
}

/**
 * The status message of the last change, word for word, while the floor and the bounds are still those that it
 * describes. So the message is written only with a change, not at every tick, and no process has to keep it in memory.
 */
function lastChange({ name, scaler, observed }: DesiredFloor): string | undefined {
  const { status } = observed.target;
  const said = status?.conditions?.find(({ type }) => type === 'BoundsInForce');
  if (scaler === undefined || said?.status !== 'True' || !said.message.startsWith(`${name} `)) return undefined;
  if (status?.floor !== scaler.floor) return undefined;
  const isSame = scaler.kind === 'Workload' || (status?.bounds !== undefined && sameBounds(status.bounds, scaler));
  return isSame ? said.message : undefined;
}

/** Describes bounds whose last change is not recorded: they were never changed, or somebody else wrote them. */
function describeStanding(desired: DesiredFloor, { action, reason, because }: TargetDecision): string {
  const { name, scaler } = desired;
  if (action !== 'Write' || scaler === undefined)
    return reason === 'Paused' ? 'Bounds stay as they are.' : 'No raise is due.';
  const what = scaler.kind === 'Workload' ? `${scaler.currentReplicas} replicas` : describeBounds(scaler);
  const isHeld = because.some(({ rule }) => rule === 'hold');
  return sentenceOf(`${name} is at ${what}${isHeld ? ', from a change that was not recorded' : clauseOf(because)}`);
}

/** Whether the bounds outside a raise differ from the declared baseline; never a reason to write. */
export function baselineDiffers({ scaler, observed }: DesiredFloor): ConditionUpdate {
  const { baseline } = observed.target.spec;
  const stated = `${baseline.minReplicas}..${baseline.maxReplicas}`;
  if (scaler === undefined) return noAutoscaler;
  if (scaler.kind === 'Workload') return workloadDiffers(scaler, baseline);
  if (isRaised(scaler))
    return condition('BaselineDiffers', 'False', 'Raised', `The bounds go back to ${stated} afterwards.`);
  const live = `${scaler.minReplicas}..${scaler.maxReplicas}`;
  return live === stated
    ? condition('BaselineDiffers', 'False', 'Same', `${nameAutoscaler(scaler)} has the baseline ${stated}.`)
    : condition(
        'BaselineDiffers',
        'True',
        'Different',
        `${nameAutoscaler(scaler)} has ${live}, the baseline says ${stated}: nothing is written outside a raise, make them agree.`,
      );
}

const noAutoscaler = condition(
  'BaselineDiffers',
  'False',
  'NoAutoscaler',
  'There is no HPA whose bounds could differ.',
);

/** Sales count on the baseline: a workload that runs more without us is nobody's fault. */
function workloadDiffers(scaler: Scaler, { minReplicas }: Bounds): ConditionUpdate {
  const { name, currentReplicas } = scaler;
  if (isRaised(scaler) || currentReplicas === 0 || currentReplicas >= minReplicas) return noAutoscaler;
  return condition(
    'BaselineDiffers',
    'True',
    'Different',
    `${name} runs ${currentReplicas} replicas without an HPA, the baseline says ${minReplicas}: nothing is written outside a raise, make them agree.`,
  );
}

/** Whether another writer has undone a raise, and which. */
export function contested({ scaler }: DesiredFloor): ConditionUpdate {
  const who = scaler === undefined ? undefined : whoPutBack(scaler);
  if (scaler === undefined || who === undefined)
    return condition('Contested', 'False', 'Alone', 'Nobody has undone a raise.');
  const message =
    scaler.kind === 'Autoscaler'
      ? `${who} put ${nameAutoscaler(scaler)} back to ${scaler.minReplicas}..${scaler.maxReplicas}: tell it to leave minReplicas and maxReplicas alone.`
      : `${who} put ${scaler.name} back to ${scaler.currentReplicas} replicas: tell it to leave replicas alone.`;
  return condition('Contested', 'True', 'PutBack', message);
}

/** Whether a limit leaves less than is needed, and which limit. */
export function atCeiling(
  { boundBy, limitedBy, floor, replicas }: DesiredFloor,
  { isShared, because }: TargetDecision,
): ConditionUpdate {
  const limit = because.findLast(({ rule }) => rule === 'limit' || rule === 'sharedLimit');
  if (limit === undefined || (boundBy === undefined && limitedBy === undefined && isShared !== true)) {
    return condition(
      'AtCeiling',
      'False',
      'WithinLimits',
      `No limit binds${replicas === undefined ? '' : ` at ${replicas} replicas`}.`,
    );
  }
  const own = limitedBy === undefined ? (boundBy?.name ?? 'Ceiling') : 'SharedLimit';
  const reason = isShared === true ? 'TotalReplicas' : own;
  return condition('AtCeiling', 'True', reason, `${floor?.replicas ?? 0} replicas are needed: ${limit.message}.`);
}
