import type { MarkedBounds } from '../api/autoscaler-state.ts';
import { readFloor } from '../api/floor-annotation.ts';
import type { ObjectMeta } from '../api/object-meta.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import type { Plan, TargetPlan } from '../plan/plan.ts';
import type { Applied, AppliedWrite } from './applied.ts';
import { applyBounds, areInForce } from './apply-bounds.ts';
import type { ApplyContext } from './apply-context.ts';
import { createSalePlan, type SalePlanDraft } from './apply-sale-plan.ts';
import { applyScale } from './apply-scale.ts';
import { isLiveTarget } from './live-read.ts';
import { hasFinalizer, hasMark, type RestoreMark, releaseUnread, setRestoreMark } from './restore-mark.ts';
import { outcomeOf, unwritten } from './write.ts';
import { writeEach } from './write-each.ts';

/** Target as observed: the part of an Observation that is written to. */
export interface ObservedTarget {
  readonly target: ScalingTarget;
  readonly workload: ObservedWorkload | { readonly missing: string };
  readonly autoscalers: readonly ObservedAutoscaler[];
}

export interface ObservedWorkload {
  readonly uid: string;
  readonly replicas: number;
}

export interface ObservedAutoscaler extends MarkedBounds {
  readonly name: string;
  readonly uid: string;
}

/** Live state of a target's HPA or workload, as read just before the write. */
export type LiveObject =
  | { readonly autoscaler: LiveAutoscaler }
  | { readonly workload: { readonly uid: string; readonly replicas: number } };

export interface ApplyPlanInput {
  readonly plan: Plan;
  readonly targets: readonly ObservedTarget[];
  /** Targets that are being deleted and whose workload or baseline cannot be read. */
  readonly unread: readonly ObjectMeta[];
  /** Whether the targets are read again before a write, because their cache is stale. @default false */
  readonly readsTargets?: boolean;
  /** SalePlans to create. */
  readonly newSalePlans: readonly SalePlanDraft[];
  /** Maximum replicas of one target, which nobody in the namespace can lift. */
  readonly cap: number;
  /** Finds the kind by which a workload without an HPA is scaled; undefined when the API server does not serve it. */
  readonly scaleKind: (workload: ScalingTarget['spec']['workloadRef']) => Promise<ResourceKind | undefined>;
  /** Plans the target again with its live state. */
  readonly replan: (target: string, live: LiveObject) => TargetPlan;
}

/**
 * Applies the plan of one namespace: first creates SalePlans (they must outlive the operator's memory), then raises,
 * then lowers; the plan has divided the caps so that they hold after every single write. Our finalizer is set on each
 * target before its first raise and removed after its last lowering. A converged namespace is recognised from the
 * caches and causes no request.
 */
export async function applyPlan(context: ApplyContext, input: ApplyPlanInput): Promise<Applied> {
  const { plan, targets } = input;
  const created = await writeEach(input.newSalePlans, salePlan => createSalePlan(context, salePlan));
  const planned = plan.targets.flatMap(targetPlan => {
    const observed = targets.find(({ target }) => target.metadata.name === targetPlan.target);
    return observed === undefined ? [] : [{ targetPlan, observed }];
  });
  const lowered = planned.filter(({ targetPlan, observed }) => isLowering(targetPlan, observed));
  const raised = planned.filter(({ targetPlan, observed }) => !isLowering(targetPlan, observed));
  const released = await writeEach(input.unread, metadata => releaseUnread(context, metadata));
  const writes = [...created, ...released];
  for (const group of [raised, lowered]) {
    const done = await writeEach(group, one => tryTarget(context, input, one.targetPlan, one.observed));
    writes.push(...done.flat());
  }
  return { now: plan.now, dryRun: context.dryRun, writes };
}

/** Applies one target; an error becomes a failed write of this target, so that the others are still raised. */
async function tryTarget(
  context: ApplyContext,
  input: ApplyPlanInput,
  plan: TargetPlan,
  observed: ObservedTarget,
): Promise<readonly AppliedWrite[]> {
  try {
    return await applyTarget(context, input, plan, observed);
  } catch (error) {
    context.signal?.throwIfAborted();
    const isScaled = plan.autoscaler === undefined;
    const name = plan.autoscaler ?? observed.target.spec.workloadRef.name;
    const kind = isScaled ? observed.target.spec.workloadRef.kind : 'HorizontalPodAutoscaler';
    const message = error instanceof Error ? error.message : String(error);
    return [{ kind, name, part: isScaled ? 'Scale' : 'Bounds', outcome: outcomeOf(error), message }];
  }
}

/**
 *   action    mark before    bounds or replicas    mark after
 *   Write     finalizer      as planned            the floor, where no HPA carries it
 *   Hold      -              -                     -
 *   Release   -              -                     none
 */
async function applyTarget(
  context: ApplyContext,
  input: ApplyPlanInput,
  plan: TargetPlan,
  observed: ObservedTarget,
): Promise<readonly AppliedWrite[]> {
  const { target } = observed;
  if (plan.action === 'Hold') return [];
  if (plan.action === 'Release') return mark(context, target, { finalizer: false });
  if (isConverged(plan, observed)) return [];
  // Asked before anything is read: a pause that the API server asked for is not filled with reads.
  context.pace.bounds.assertFree();
  if (input.readsTargets && !(await isLiveTarget(context, target))) {
    const about = { kind: 'ScalingTarget', name: target.metadata.name, part: 'Finalizer' } as const;
    return [unwritten(about, 'Gone', 'the target is not there any more')];
  }
  const before = await mark(context, target, { finalizer: true, floor: highestFloor(plan, observed) });
  if (before.some(({ outcome }) => outcome !== 'Written' && outcome !== 'Unchanged')) return before;
  const written = await applyReplicas(context, input, plan, observed);
  const isDone = written === undefined || written.outcome === 'Written' || written.outcome === 'Unchanged';
  const after = isDone && plan.floor === undefined ? await mark(context, target, { finalizer: true }) : [];
  return [...before, ...(written === undefined ? [] : [written]), ...after];
}

/** Sets the mark unless it is already as wanted. */
async function mark(
  context: ApplyContext,
  target: ScalingTarget,
  wanted: RestoreMark,
): Promise<readonly AppliedWrite[]> {
  return hasMark(target, wanted) ? [] : [await setRestoreMark(context, target, wanted)];
}

/** Returns true when replicas are as planned and, while they are raised, the finalizer is set. */
function isConverged(plan: TargetPlan, observed: ObservedTarget): boolean {
  const { target, autoscalers, workload } = observed;
  const isRaised = plan.floor !== undefined || plan.floorMax !== undefined;
  if (isRaised && !hasFinalizer(target) && target.metadata.deletionTimestamp === undefined) return false;
  const autoscaler = autoscalers.find(({ name }) => name === plan.autoscaler);
  if (autoscaler !== undefined) return areInForce(autoscaler, plan);
  const isScaled = plan.replicas === undefined || !('uid' in workload) || workload.replicas === plan.replicas;
  return isScaled && hasMark(target, { finalizer: hasFinalizer(target), floor: plan.floor });
}

/**
 * Floor annotated on the target while its replicas are written: the planned one before a raise, the old one during a
 * restore.
 */
function highestFloor(plan: TargetPlan, { target }: ObservedTarget): number | undefined {
  return plan.autoscaler === undefined ? (plan.floor ?? readFloor(target.metadata.annotations)) : undefined;
}

/** Writes the replicas through the HPA where there is one, else through /scale. */
async function applyReplicas(
  context: ApplyContext,
  { plan: { now, sales }, cap, scaleKind, replan }: ApplyPlanInput,
  plan: TargetPlan,
  { target, autoscalers, workload }: ObservedTarget,
): Promise<AppliedWrite | undefined> {
  const { name } = target.metadata;
  const autoscaler = autoscalers.find(candidate => candidate.name === plan.autoscaler);
  const reaching = sales.filter(sale => sale.targets.some(reached => reached.target === name));
  if (autoscaler !== undefined) {
    const withLive = (live: LiveAutoscaler) => replan(name, { autoscaler: live });
    const replicas = 'uid' in workload ? workload.replicas : undefined;
    return applyBounds(context, { now, target, autoscaler, replicas, plan, replan: withLive, cap, sales: reaching });
  }
  if (plan.replicas === undefined || !('uid' in workload)) return undefined;
  const kind = await scaleKind(target.spec.workloadRef);
  if (kind === undefined) return undefined;
  const withLive = (live: ObservedWorkload) => replan(name, { workload: live });
  return applyScale(context, { now, target, workload, kind, plan, replan: withLive, cap, sales: reaching });
}

function isLowering(plan: TargetPlan, { autoscalers, workload }: ObservedTarget): boolean {
  const autoscaler = autoscalers.find(({ name }) => name === plan.autoscaler);
  if (autoscaler !== undefined) return plan.bounds.minReplicas < autoscaler.minReplicas;
  return plan.replicas !== undefined && 'uid' in workload && plan.replicas < workload.replicas;
}
