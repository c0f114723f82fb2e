import type { MarkedBounds } from '../api/autoscaler-state.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import type { Plan, TargetPlan } from '../plan/plan.ts';
import type { Applied, AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { createSalePlan, type SalePlanDraft } from './apply-sale-plan.ts';
import { applyTarget } from './apply-target.ts';
import type { TargetRecord } from './ledger/change-target.ts';
import { releaseUnread } from './ledger/release-target.ts';
import { type ObservedStray, restoreStrays } from './ledger/restore-strays.ts';
import { outcomeOf } from './write.ts';
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
  /** Floor that the ScalingTarget is annotated with where the workload has no HPA. */
  readonly floor?: number;
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
  readonly unread: readonly TargetRecord[];
  /** Raised objects that their target refers to no longer. @default none */
  readonly strays?: readonly ObservedStray[] | undefined;
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
  const settled = input.unread.filter(
    ({ metadata, raised }) => metadata.deletionTimestamp !== undefined && raised.length === 0,
  );
  const released = await writeEach(settled, ({ metadata }) => releaseUnread(context, metadata));
  const writes = [...created, ...released.flat()];
  for (const group of [raised, lowered]) {
    const done = await writeEach(group, one => tryTarget(context, input, one.targetPlan, one.observed));
    writes.push(...done.flat());
  }
  writes.push(...(await restoreStrays(context, input)));
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

function isLowering(plan: TargetPlan, { autoscalers, workload }: ObservedTarget): boolean {
  const autoscaler = autoscalers.find(({ name }) => name === plan.autoscaler);
  if (autoscaler !== undefined) return plan.bounds.minReplicas < autoscaler.minReplicas;
  return plan.replicas !== undefined && 'uid' in workload && plan.replicas < workload.replicas;
}
