import { boundsFields } from '../api/autoscalers/autoscaler-kind.ts';
import type { AutoscalerState, MarkedBounds } from '../api/autoscalers/autoscaler-state.ts';
import type { ScalingTarget, ScalingTargetSpec } from '../api/scaling-target.ts';
import { workloadKey } from '../api/workload-key.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import { autoscalers, scaledObjects } from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import type { Bounds, TargetPlan } from '../plan/plan.ts';
import { answerTime } from './answer-time.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { boundsPatch, boundsRemoval, isSharedMarkLeft, type PatchInput } from './bounds-patch.ts';
import { type BoundsRef, readBounds } from './read-bounds.ts';
import { refuseBounds } from './refuse-bounds.ts';
import { unwritten, write } from './write.ts';
import { writeRank } from './write-rank.ts';

/** One HPA and the plan for its bounds. */
export interface BoundsInput {
  /** Epoch ms, domain time. */
  readonly now: number;
  readonly target: {
    readonly metadata: Pick<ScalingTarget['metadata'], 'namespace'>;
    /** `workloadRef` is the workload that the HPA must scale; absent where any will do. */
    readonly spec: Pick<ScalingTargetSpec, 'baseline' | 'ceiling'> &
      Partial<Pick<ScalingTargetSpec, 'workloadRef' | 'tier'>>;
  };
  /** Bounds before the raise, to annotate. @default those of the HPA's annotation */
  readonly from?: Bounds | undefined;
  /** HPA as observed, with its name and UID; an object of the same name with another UID is another HPA. */
  readonly autoscaler: MarkedBounds & {
    readonly name: string;
    readonly uid: string;
  };
  /** True when the workload is not there, so that the HPA's status tells of the past. @default false */
  readonly isIdle?: boolean;
  /** Replicas of the workload as observed; absent when the workload is missing. */
  readonly replicas?: number | undefined;
  readonly plan: TargetPlan;
  /** Plans again with the live HPA, when it differs from the observed one. */
  readonly replan: (live: LiveAutoscaler) => TargetPlan;
  /** Maximum replicas of one target: the smaller of the operator's and the policy's cap. */
  readonly cap: number;
  /** Sales that reach this target; they set the pace of answers to other writers. */
  readonly sales: readonly { readonly prescaleTime: number; readonly start: number }[];
}

/**
 * Returns true when bounds and annotations are as planned, so that nothing needs to be written. An annotation that only
 * another manager owns and that the plan has not binds nothing.
 */
export function areInForce(live: MarkedBounds & { readonly isCopied?: true }, plan: TargetPlan): boolean {
  const isMarked = (mark: 'floor' | 'floorMax') =>
    live[mark] === plan[mark] || (plan[mark] === undefined && live.isCopied === true);
  return (
    live.minReplicas === plan.bounds.minReplicas &&
    live.maxReplicas === plan.bounds.maxReplicas &&
    isMarked('floor') &&
    isMarked('floorMax')
  );
}

/**
 * Reads the HPA, plans for its live state, checks the result, and applies both bounds and the annotations in one
 * request that is valid only for the version just read. Tries again when the HPA has changed meanwhile, at most three
 * attempts.
 */
export async function applyBounds(context: ApplyContext, input: BoundsInput): Promise<AppliedWrite> {
  const { name } = input.autoscaler;
  const { namespace } = input.target.metadata;
  const { kind, noun } = boundsFields(input.autoscaler.objectKind);
  const about = { kind, name, part: 'Bounds' } as const;
  let last = unwritten(about, 'Conflict', `the ${noun} moved on three times while it was being written`);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const live = await readKept(context, { kind, name, namespace });
    if (live === undefined) return unwritten(about, 'Gone', `the ${noun} is not there any more`);
    const complaint = refuseOther(live, input);
    if (complaint !== undefined) return unwritten(about, 'Refused', complaint);

    const bounds = live.state;
    const plan = isAsObserved(bounds, input) ? input.plan : input.replan(live);
    const decided = { ...about, decided: plan };
    if (plan.action !== 'Write' || areInForce(bounds, plan))
      return unwritten(decided, 'Unchanged', describe(plan.bounds));
    const refusal = refusePlanned(plan, bounds, input);
    if (refusal !== undefined) return unwritten(decided, 'Refused', refusal);
    const answerAt = answerTime(context, input, live, plan);
    if (answerAt > input.now) return unwritten(decided, 'Deferred', describeDeferral(live, answerAt));

    const from = bounds.from ?? input.from;
    last = await write(context, {
      ...decided,
      message: describeWrite(bounds, plan),
      rank: writeRank(input.target, plan.bounds.minReplicas < bounds.minReplicas),
      send: () => sendBounds(context, { namespace, live, plan, from }),
    });
    if (last.outcome === 'Written' && !context.dryRun)
      context.memory.rememberBounds(input.autoscaler.uid, {
        at: input.now,
        monotonicMs: context.clocks.monotonicMs(),
        ...plan.bounds,
      });
    if (last.outcome !== 'Conflict') return last;
  }
  return last;
}

const maxAttempts = 3;

/** Returns a sentence when the planned bounds must not be sent; an idle HPA's status tells of the past. */
function refusePlanned(
  { bounds }: TargetPlan,
  live: AutoscalerState,
  { target: { spec }, cap, replicas, isIdle }: BoundsInput,
): string | undefined {
  const running = isIdle ? { currentReplicas: 0, desiredReplicas: 0 } : {};
  return refuseBounds({ bounds, live: { ...live, ...running }, spec, cap, replicas });
}

function sendBounds(
  { connection, signal }: ApplyContext,
  { namespace, live, plan, from }: Omit<PatchInput, 'live'> & { readonly live: LiveAutoscaler },
): Promise<unknown> {
  const { state } = live;
  const resource = connection.resource<KubeObject>(state.objectKind === 'ScaledObject' ? scaledObjects : autoscalers);
  return isSharedMarkLeft(live, plan)
    ? resource.merge({ name: state.name, namespace }, boundsRemoval({ live: state, plan, from }), { signal })
    : resource.apply(boundsPatch({ namespace, live: state, plan, from }), { signal });
}

/** Reads the live HPA or ScaledObject; undefined when it is gone or being deleted. */
async function readKept(context: ApplyContext, ref: BoundsRef): Promise<LiveAutoscaler | undefined> {
  const live = await readBounds(context, ref);
  return live?.isDeleted ? undefined : live;
}

function isAsObserved(live: MarkedBounds, { autoscaler }: BoundsInput): boolean {
  return (['minReplicas', 'maxReplicas', 'floor', 'floorMax'] as const).every(key => live[key] === autoscaler[key]);
}

/** Returns a sentence when the HPA of this name is not the one that was planned for, or scales another workload. */
function refuseOther({ state, scales }: LiveAutoscaler, { autoscaler, target }: BoundsInput): string | undefined {
  const { noun } = boundsFields(state.objectKind);
  if (state.uid !== autoscaler.uid) return `the ${noun} was replaced by another of its name; it is observed anew`;
  const { workloadRef } = target.spec;
  if (workloadRef === undefined || workloadKey(scales) === workloadKey(workloadRef)) return undefined;
  return `the ${noun} scales ${scales.kind} ${scales.name} now, not ${workloadRef.kind} ${workloadRef.name}`;
}

function describeDeferral({ state, others }: LiveAutoscaler, from: number): string {
  const writers = others.map(({ manager }) => manager).join(', ');
  return `${writers} has set ${describe(state)} again; answered not before ${new Date(from).toISOString()}`;
}

function describeWrite(live: Bounds, { change, bounds }: TargetPlan): string {
  return change ?? `${describe(live)} → ${describe(bounds)}`;
}

function describe({ minReplicas, maxReplicas }: Bounds): string {
  return `${minReplicas}..${maxReplicas}`;
}
