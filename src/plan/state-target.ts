import type { Statement } from '../api/condition.ts';
import { formatDuration } from '../api/duration.ts';
import { fieldManager } from '../api/group.ts';
import { isMissing } from '../api/missing.ts';
import type { Limits, TargetObservation } from '../observe/observation.ts';
import { isRaised } from './lever.ts';
import type { TargetDecision } from './plan-target.ts';
import { say } from './say.ts';
import type { TargetWish } from './target-wish.ts';

/** From how much history on a forecast knows a day from a week-end. */
const enoughHistorySeconds = 14 * 86_400;

/**
 * What to say in a ScalingTarget's status. All types each time, so that nothing said once outlives its reason; `Ready`,
 * `Reconciling` and `Stalled` follow kstatus.
 *
 * @see https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function stateTarget(
  wish: TargetWish,
  decision: TargetDecision,
  limits: Limits,
  /** Why the whole namespace is held, in words. */
  heldBy: string | undefined,
): readonly Statement[] {
  const inForce = boundsInForce(wish, decision);
  return [
    accepted(wish),
    demandAvailable(wish.observed, limits),
    ...historySufficient(wish.observed),
    inForce,
    baselineDiffers(wish),
    contested(wish),
    atCeiling(wish, decision),
    paused(wish, heldBy),
    ...progress(wish, decision, inForce),
  ];
}

function accepted({ refusal, observed }: TargetWish): Statement {
  if (refusal !== undefined) return say('Accepted', 'False', refusal.reason, refusal.message);
  const { mode } = observed.target.spec;
  return say('Accepted', 'True', 'Accepted', `The target is served in mode ${mode}.`);
}

function demandAvailable({ demand }: TargetObservation, { staleAfterSeconds }: Limits): Statement {
  if (isMissing(demand)) return say('DemandAvailable', 'False', 'NoDemand', demand.missing);
  const age = formatDuration(demand.ageSeconds);
  return demand.ageSeconds > staleAfterSeconds
    ? say(
        'DemandAvailable',
        'False',
        'Stale',
        `The newest sample from ${demand.source} is ${age} old: no floor is lowered.`,
      )
    : say('DemandAvailable', 'True', 'Fresh', `${demand.source} answers.`);
}

function historySufficient({ demand, target }: TargetObservation): readonly Statement[] {
  if (isMissing(demand) || demand.historySeconds === undefined) return [];
  const needed = Math.min(enoughHistorySeconds, target.spec.demand.historyDays * 86_400);
  const [has, needs] = [demand.historySeconds, needed].map(formatDuration);
  return demand.historySeconds < needed
    ? [
        say(
          'HistorySufficient',
          'False',
          'HistoryTooShort',
          `The history of ${demand.source} needs ${needs}, has ${has}.`,
        ),
      ]
    : [say('HistorySufficient', 'True', 'HistoryLongEnough', `The history of ${demand.source} has ${needs} at least.`)];
}

function boundsInForce(
  { lever, observed }: TargetWish,
  { action, bounds, replicas, reason }: TargetDecision,
): Statement {
  const { workload } = observed;
  if (lever === undefined) {
    return say(
      'BoundsInForce',
      'False',
      'NothingToWriteTo',
      'There is no single HPA and no workload to write bounds to.',
    );
  }
  if (!isMissing(workload) && workload.replicas === 0) {
    const message = `${workload.kind} ${workload.name} is scaled to 0, which switches its HPA off: scale it to 1 or more and it is raised again.`;
    return say('BoundsInForce', 'False', 'ScaledToZero', message);
  }
  if (action !== 'Write') {
    const message = action === 'Hold' && reason === 'Paused' ? 'Bounds stay as they are.' : 'No raise is due.';
    return say('BoundsInForce', 'True', reason, message);
  }
  const isThere =
    lever.kind === 'Workload'
      ? replicas === undefined || lever.currentReplicas >= replicas
      : lever.minReplicas === bounds.minReplicas && lever.maxReplicas === bounds.maxReplicas;
  const what =
    lever.kind === 'Workload'
      ? `${replicas ?? lever.currentReplicas} replicas`
      : `${bounds.minReplicas}..${bounds.maxReplicas}`;
  return isThere
    ? say('BoundsInForce', 'True', reason, `${lever.name} is at ${what}.`)
    : say('BoundsInForce', 'False', 'Writing', `${lever.name} goes to ${what}.`);
}

function baselineDiffers({ lever, observed }: TargetWish): Statement {
  const { baseline } = observed.target.spec;
  const stated = `${baseline.minReplicas}..${baseline.maxReplicas}`;
  if (lever === undefined || lever.kind === 'Workload') {
    return say('BaselineDiffers', 'False', 'NoAutoscaler', 'There is no HPA whose bounds could differ.');
  }
  if (isRaised(lever)) return say('BaselineDiffers', 'False', 'Raised', `The bounds go back to ${stated} afterwards.`);
  const live = `${lever.minReplicas}..${lever.maxReplicas}`;
  return live === stated
    ? say('BaselineDiffers', 'False', 'Same', `HPA ${lever.name} has the baseline ${stated}.`)
    : say(
        'BaselineDiffers',
        'True',
        'Different',
        `HPA ${lever.name} has ${live}, the baseline says ${stated}: nothing is written outside a raise, make them agree.`,
      );
}

function contested({ lever }: TargetWish): Statement {
  const isPutBack =
    lever !== undefined &&
    ((lever.floor !== undefined && lever.minReplicas < lever.floor) ||
      (lever.floorMax !== undefined && lever.maxReplicas < lever.floorMax));
  if (!isPutBack) return say('Contested', 'False', 'Alone', 'Nobody has undone a raise.');
  const who = lever.otherWriters.find(writer => writer !== fieldManager) ?? 'Somebody';
  const message =
    lever.kind === 'Autoscaler'
      ? `${who} put HPA ${lever.name} back to ${lever.minReplicas}..${lever.maxReplicas}: tell it to leave minReplicas and maxReplicas alone.`
      : `${who} put ${lever.name} back to ${lever.currentReplicas} replicas: tell it to leave replicas alone.`;
  return say('Contested', 'True', 'PutBack', message);
}

function atCeiling({ boundBy, floor, replicas }: TargetWish, { isShared, because }: TargetDecision): Statement {
  const limit = because.filter(({ rule }) => rule === 'limit').at(-1);
  if (limit === undefined || (boundBy === undefined && isShared !== true)) {
    return say(
      'AtCeiling',
      'False',
      'WithinLimits',
      `No limit binds${replicas === undefined ? '' : ` at ${replicas} replicas`}.`,
    );
  }
  const reason = isShared === true ? 'TotalReplicas' : (boundBy?.name ?? 'Ceiling');
  return say('AtCeiling', 'True', reason, `${floor?.replicas ?? 0} replicas are needed: ${limit.message}.`);
}

function paused({ paused: how }: TargetWish, heldBy: string | undefined): Statement {
  if (heldBy !== undefined) return say('Paused', 'True', 'PolicyNotAccepted', heldBy);
  const what = { None: '', Up: 'not raised', Down: 'not lowered, not restored either', Both: 'left as they are' }[how];
  return how === 'None'
    ? say('Paused', 'False', 'NotPaused', 'Nothing is paused.')
    : say('Paused', 'True', `Paused${how}`, `Bounds are ${what} while paused: ${how}.`);
}

/** The kstatus three: accepted and everything that can be done by now is done; under way; stuck until a person acts. */
function progress(
  { refusal }: TargetWish,
  { waitsFor, reason }: TargetDecision,
  inForce: Statement,
): readonly Statement[] {
  const calm = say('Stalled', 'False', 'NotStalled', 'Nothing needs a person.');
  if (refusal !== undefined) {
    return [
      say('Ready', 'False', refusal.reason, refusal.message),
      say('Reconciling', 'False', 'Stalled', 'Nothing is under way.'),
      say('Stalled', 'True', refusal.reason, refusal.message),
    ];
  }
  const isUnderWay = inForce.reason === 'Writing' || waitsFor !== undefined;
  if (isUnderWay) {
    const message = waitsFor ?? inForce.message;
    return [say('Ready', 'False', reason, message), say('Reconciling', 'True', reason, message), calm];
  }
  const isDone = inForce.status === 'True';
  return [
    say('Ready', isDone ? 'True' : 'False', inForce.reason, inForce.message),
    say('Reconciling', 'False', 'Settled', 'Nothing is under way.'),
    isDone ? calm : say('Stalled', 'True', inForce.reason, inForce.message),
  ];
}
