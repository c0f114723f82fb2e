import { nameAutoscaler } from '../../api/autoscalers/autoscaler-kind.ts';
import type { ConditionUpdate } from '../../api/condition.ts';
import { formatDuration } from '../../api/duration.ts';
import { letGoAnnotation } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { DemandObservation, Limits, Observation, TargetObservation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import { stopsLowering } from '../accept/effective-mode.ts';
import type { Scaler } from '../accept/scaler.ts';
import { describeMode, standsRaised } from '../accept/target-standing.ts';
import { describeBounds } from '../bounds/describe-bounds-change.ts';
import { describePause, type TargetDecision } from '../bounds/target-decision.ts';
import { condition, sentenceOf } from '../condition.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { atCeiling, baselineDiffers, boundsInForce, contested } from './bounds-conditions.ts';
import { unstatedLimits } from './describe-limits.ts';
import { targetEmergency } from './emergency.ts';
import { enoughHistorySeconds } from './feasible/demand-findings.ts';
import { schemaCurrent } from './schema-current.ts';
import { trustConditions } from './trust/trust-conditions.ts';
import { unreadAnswerTimes } from './unread-answer-times.ts';
import { unrecorded } from './unrecorded.ts';

/**
 * Conditions of a ScalingTarget. All types are written each time, so that none outlives its reason; `Ready`,
 * `Reconciling` and `Stalled` follow kstatus.
 * @see https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function targetConditions(
  desired: DesiredFloor,
  decision: TargetDecision,
  observation: Observation,
  /** What holds the whole namespace. */
  held: Pick<AcceptedNamespace, 'heldBy' | 'onlyRaises'>,
): readonly ConditionUpdate[] {
  const { limits } = observation;
  const inForce = boundsInForce(desired, decision);
  return [
    accepted(desired, observation.policy),
    demandAvailable(desired.observed, limits),
    ...historySufficient(desired.observed),
    inForce,
    baselineDiffers(desired),
    contested(desired),
    atCeiling(desired, decision),
    paused(desired, held),
    targetEmergency(desired, observation.now),
    unrecorded(observation, desired.name),
    schemaCurrent(observation),
    ...trustConditions(desired.observed.target, observation.salePlans),
    ...progress(desired, decision, inForce, stalledByDemand(desired.observed, limits)),
  ];
}

function accepted(desired: DesiredFloor, policy: ScalingPolicySpec): ConditionUpdate {
  const { refusal, unknownCallees, observed } = desired;
  const missing =
    unknownCallees.length === 0 ? '' : ` It calls ${unknownCallees.join(', ')}, no target here: nothing is passed on.`;
  if (refusal !== undefined) return condition('Accepted', 'False', refusal.reason, refusal.message);
  const left = observed.leftOut === undefined ? '' : ` ${observed.leftOut}`;
  const served = `${describeMode(desired)}.${left}${missing}${unstatedLimits(observed.target.spec, policy)}${unreadAnswerTimes(observed)}`;
  return condition('Accepted', 'True', 'Accepted', served);
}

function demandAvailable({ demand }: TargetObservation, { staleAfterSeconds }: Limits): ConditionUpdate {
  if (isMissing(demand)) return condition('DemandAvailable', 'False', 'NoDemand', sentenceOf(demand.missing));
  const newest = `The newest sample from ${demand.source} is ${formatDuration(demand.ageSeconds)} old`;
  const why = demand.failure === undefined ? '' : ` ${sentenceOf(demand.failure)}`;
  if (demand.ageSeconds > staleAfterSeconds) {
    return condition('DemandAvailable', 'False', 'Stale', `${newest}: no floor is lowered.${why}`);
  }
  if (why !== '') {
    return condition('DemandAvailable', 'True', 'Fresh', `Samples from ${demand.source} are fresh still.${why}`);
  }
  return condition('DemandAvailable', 'True', 'Fresh', `${demand.source} answers.${describeLateness(demand)}`);
}

/** Describes lateness in whole minutes, rounded up, so that the status does not change every second. */
function describeLateness({ latenessSeconds = 0 }: DemandObservation): string {
  if (latenessSeconds === 0) return '';
  const late = formatDuration(Math.ceil(latenessSeconds / 60) * 60);
  return ` Its samples still rise for up to ${late}: younger ones lower no floor.`;
}

function historySufficient({ demand, target }: TargetObservation): readonly ConditionUpdate[] {
  if (isMissing(demand) || demand.historySeconds === undefined) return [];
  const needed = Math.min(enoughHistorySeconds, target.spec.demand.historyDays * 86_400);
  const [has, needs] = [demand.historySeconds, needed].map(formatDuration);
  return demand.historySeconds < needed
    ? [
        condition(
          'HistorySufficient',
          'False',
          'HistoryTooShort',
          `The history of ${demand.source} needs ${needs}, has ${has}.`,
        ),
      ]
    : [
        condition(
          'HistorySufficient',
          'True',
          'HistoryLongEnough',
          `The history of ${demand.source} has ${needs} at least.`,
        ),
      ];
}

function paused(
  { paused: how, emergency }: DesiredFloor,
  { heldBy, onlyRaises }: Pick<AcceptedNamespace, 'heldBy' | 'onlyRaises'>,
): ConditionUpdate {
  if (heldBy !== undefined && emergency === undefined)
    return condition('Paused', 'True', 'PolicyNotAccepted', heldBy.message);
  if (onlyRaises !== undefined && how === 'Down') return condition('Paused', 'True', 'CachesNotFresh', onlyRaises);
  if (how === 'None') return condition('Paused', 'False', 'NotPaused', 'Nothing is paused.');
  const what = { Up: 'not raised', Down: 'not lowered, not restored either', Both: 'left as they are' }[how];
  return condition('Paused', 'True', `Paused${how}`, `Bounds are ${what} while paused: ${how}.`);
}

/** What a person must do about demand that is missing; undefined while it arrives, or will arrive without help. */
function stalledByDemand(
  { demand }: TargetObservation,
  { staleAfterSeconds }: Limits,
): ConditionUpdate<'Stalled'> | undefined {
  const mend =
    'Mend the metric source or the query in spec.demand: until then no floor is lowered, and sales go by their SalePlan or a guess.';
  if (isMissing(demand)) {
    if (demand.isPending === true) return undefined;
    return condition('Stalled', 'True', 'NoDemand', `${sentenceOf(demand.missing)} ${mend}`);
  }
  if (demand.ageSeconds <= staleAfterSeconds) return undefined;
  const why = demand.failure === undefined ? '' : ` ${sentenceOf(demand.failure)}`;
  const age = formatDuration(staleAfterSeconds);
  const message = `The newest sample from ${demand.source} is more than ${age} old.${why} ${mend}`;
  return condition('Stalled', 'True', 'Stale', message);
}

/**
 * The three kstatus conditions: accepted and done as far as possible by now; in progress; stuck until a person acts,
 * who may have to repair the demand while everything else continues. While a floor is held, `Ready` says why it is not
 * lowered.
 */
function progress(
  desired: DesiredFloor,
  decision: TargetDecision,
  inForce: ConditionUpdate<'BoundsInForce'>,
  byDemand: ConditionUpdate<'Stalled'> | undefined,
): readonly ConditionUpdate[] {
  const { refusal } = desired;
  const { waitsFor, reason, because } = decision;
  const stuck = stuckInDeletion(desired, decision);
  if (stuck !== undefined) {
    return [
      condition('Ready', 'False', 'DeletionPaused', stuck),
      condition('Reconciling', 'False', 'Stalled', 'Nothing is under way.'),
      condition('Stalled', 'True', 'DeletionPaused', stuck),
    ];
  }
  const calm = byDemand ?? condition('Stalled', 'False', 'NotStalled', 'Nothing needs a person.');
  if (refusal !== undefined) {
    return [
      condition('Ready', 'False', refusal.reason, refusal.message),
      condition('Reconciling', 'False', 'Stalled', 'Nothing is under way.'),
      condition('Stalled', 'True', refusal.reason, refusal.message),
    ];
  }
  const isUnderWay = inForce.reason === 'Writing' || waitsFor !== undefined;
  if (isUnderWay) {
    const message = waitsFor === undefined ? inForce.message : sentenceOf(waitsFor);
    return [condition('Ready', 'False', reason, message), condition('Reconciling', 'True', reason, message), calm];
  }
  const isDone = inForce.status === 'True';
  const hold = because.findLast(({ rule }) => rule === 'hold');
  const standing = isDone && hold !== undefined ? sentenceOf(hold.message) : inForce.message;
  return [
    condition('Ready', isDone ? 'True' : 'False', inForce.reason, standing),
    condition('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    isDone ? calm : condition('Stalled', 'True', inForce.reason, inForce.message),
  ];
}

/** Why a target stays although it is being deleted, and what ends that; undefined while no pause holds it. */
function stuckInDeletion(desired: DesiredFloor, { strays }: TargetDecision): string | undefined {
  const { observed, scaler, paused } = desired;
  if (observed.target.metadata.deletionTimestamp === undefined || !stopsLowering(paused)) return undefined;
  const isHeld = scaler !== undefined && standsRaised(desired);
  const own = isHeld ? [`${describeRaised(scaler)}: ${describePause(desired)}`] : [];
  const held = [...own, ...(strays === undefined ? [] : [strays])];
  if (held.length === 0) return undefined;
  return `The target is being deleted and stays, because ${held.join('; ')}. End the pause to have it restored, or annotate the target with ${letGoAnnotation}=true to let it go as it is.`;
}

function describeRaised(scaler: Scaler): string {
  return scaler.kind === 'Autoscaler'
    ? `${nameAutoscaler(scaler)} stays at ${describeBounds(scaler)}`
    : `${scaler.name} stays at ${scaler.currentReplicas} replicas`;
}
