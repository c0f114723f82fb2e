import { floorAnnotation, floorMaxAnnotation } from '../api/group.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import { autoscalers } from '../kube/resources/resource-kind.ts';
import type { Bounds, TargetPlan } from '../plan/plan.ts';
import { planAnswer } from './answer-pace.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { toGone } from './live-read.ts';
import { type Autoscaler, type LiveBounds, readBoundsOwners, readLiveBounds } from './read-autoscaler.ts';
import { refuseBounds } from './refuse-bounds.ts';
import { unwritten, write } from './write.ts';
import type { SentBounds } from './write-memory.ts';

/** One HPA to bring to its planned bounds. */
export interface BoundsInput {
  /** Epoch ms, domain time. */
  readonly now: number;
  readonly target: ScalingTarget;
  /** Name and UID of the HPA as observed; another object of that name is another HPA. */
  readonly autoscaler: Pick<LiveBounds, 'minReplicas' | 'maxReplicas' | 'floor' | 'floorMax'> & {
    readonly name: string;
    readonly uid: string;
  };
  /** Replicas of the workload as observed; absent when it is missing. */
  readonly replicas?: number | undefined;
  readonly plan: TargetPlan;
  /** The plan with the HPA as it is now, asked when it is not as observed any more. */
  readonly replan: (live: Autoscaler) => TargetPlan;
  /** The operator's and the policy's cap on one target. */
  readonly cap: number;
  /** The sales that reach this target, for the pace of answers to other writers. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/** True when nothing needs to be written: bounds and annotations are as planned. */
export function areInForce(live: BoundsInput['autoscaler'] | LiveBounds, plan: TargetPlan): boolean {
  return (
    live.minReplicas === plan.bounds.minReplicas &&
    live.maxReplicas === plan.bounds.maxReplicas &&
    live.floor === plan.floor &&
    live.floorMax === plan.floorMax
  );
}

/**
 * Reads the HPA, plans with what it is now, checks the result once more, and applies both bounds and annotations in one
 * request that holds only for the object just read. When it has moved on meanwhile: again, at most three times.
 */
export async function applyBounds(context: ApplyContext, input: BoundsInput): Promise<AppliedWrite> {
  const { name } = input.autoscaler;
  const about = { kind: 'HorizontalPodAutoscaler', name, part: 'Bounds' } as const;
  const resource = context.connection.resource(autoscalers);
  let last = unwritten(about, 'Conflict', 'the HPA moved on three times while it was being written');
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const live = await toGone(
      resource.get({ name, namespace: input.target.metadata.namespace }, { signal: context.signal }),
    );
    if (live === undefined || live.metadata?.deletionTimestamp !== undefined)
      return unwritten(about, 'Gone', 'the HPA is not there any more');
    const complaint = refuseOther(live, input);
    if (complaint !== undefined) return unwritten(about, 'Refused', complaint);

    const bounds = readLiveBounds(live);
    const plan = isAsObserved(bounds, input) ? input.plan : input.replan(live);
    const decided = { ...about, decided: plan };
    if (plan.action !== 'Write' || areInForce(bounds, plan))
      return unwritten(decided, 'Unchanged', describe(plan.bounds));
    const { cap, replicas } = input;
    const refusal = refuseBounds({ bounds: plan.bounds, live: bounds, spec: input.target.spec, cap, replicas });
    if (refusal !== undefined) return unwritten(decided, 'Refused', refusal);
    const from = planAnswerTo(context, input, live, plan);
    if (from > input.now) return unwritten(decided, 'Deferred', describeDeferral(live, from));

    last = await write(context, {
      ...decided,
      message: describeWrite(bounds, plan),
      send: () => resource.apply(toPatch(live, plan), { signal: context.signal }),
    });
    if (last.outcome === 'Written' && !context.dryRun)
      context.memory.rememberBounds(input.autoscaler.uid, { at: input.now, ...plan.bounds });
    if (last.outcome !== 'Conflict') return last;
  }
  return last;
}

const maxAttempts = 3;

function isAsObserved(live: LiveBounds, { autoscaler }: BoundsInput): boolean {
  return (['minReplicas', 'maxReplicas', 'floor', 'floorMax'] as const).every(key => live[key] === autoscaler[key]);
}

/** Both bounds and whichever annotation stands; one that is left out is removed by the apply that leaves it out. */
function toPatch({ metadata }: Autoscaler, { bounds, floor, floorMax }: TargetPlan) {
  const annotations = {
    ...(floor === undefined ? {} : { [floorAnnotation]: String(floor) }),
    ...(floorMax === undefined ? {} : { [floorMaxAnnotation]: String(floorMax) }),
  };
  return {
    metadata: {
      name: metadata?.name ?? '',
      namespace: metadata?.namespace,
      uid: metadata?.uid,
      resourceVersion: metadata?.resourceVersion,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: { minReplicas: bounds.minReplicas, maxReplicas: bounds.maxReplicas },
  };
}

/** A sentence when the name now belongs to something else than what was planned for. */
function refuseOther({ metadata, spec }: Autoscaler, { autoscaler, target }: BoundsInput): string | undefined {
  if (metadata?.uid !== autoscaler.uid) return 'the HPA was replaced by another of its name; it is observed anew';
  const scaled = spec?.scaleTargetRef;
  const { kind, name } = target.spec.workloadRef;
  if (scaled?.kind === kind && scaled.name === name) return undefined;
  return `the HPA scales ${scaled?.kind} ${scaled?.name} now, not ${kind} ${name}`;
}

/**
 * A write that ends the raise is no fight and never waits; one that another writer has undone keeps its distance. Whoever
 * last wrote before we did has undone nothing: kubectl or Helm may own a bound since the day it was made.
 */
function planAnswerTo(context: ApplyContext, input: BoundsInput, live: Autoscaler, plan: TargetPlan): number {
  const sent = context.memory.sentBounds(input.autoscaler.uid);
  const owners = readBoundsOwners(live);
  const times = [sent?.at, owners.oursAt].filter(at => at !== undefined);
  const sentAt = times.length === 0 ? undefined : Math.max(...times);
  const isAnswer = owners.others.some(({ at }) => isLater(at, owners.oursAt ?? sent?.at));
  if (plan.floor === undefined || !isAnswer || !isUndone(readLiveBounds(live), sent)) return input.now;
  return planAnswer({ now: input.now, sentAt, sales: input.sales });
}

/** Times of managedFields are whole seconds, and some entries have none: a doubt does not count in our favour. */
function isLater(theirs: number | undefined, ours: number | undefined): boolean {
  return theirs === undefined || ours === undefined || theirs >= Math.floor(ours / 1000) * 1000;
}

/**
 * What we wrote is not there any more: by memory, which knows only what has arrived, and else, after a restart or a lost
 * answer, by the annotations that another writer left.
 */
function isUndone(live: LiveBounds, sent: SentBounds | undefined): boolean {
  if (sent !== undefined) return live.minReplicas !== sent.minReplicas || live.maxReplicas !== sent.maxReplicas;
  return live.minReplicas < (live.floor ?? 0) || live.maxReplicas < (live.floorMax ?? 0);
}

function describeDeferral(live: Autoscaler, from: number): string {
  const others = readBoundsOwners(live)
    .others.map(({ manager }) => manager)
    .join(', ');
  return `${others} has set ${describe(readLiveBounds(live))} again; answered not before ${new Date(from).toISOString()}`;
}

function describeWrite(live: Bounds, { change, bounds }: TargetPlan): string {
  return change ?? `${describe(live)} → ${describe(bounds)}`;
}

function describe({ minReplicas, maxReplicas }: Bounds): string {
  return `${minReplicas}..${maxReplicas}`;
}
