import { boundsFields } from '../api/autoscalers/autoscaler-kind.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { Applied, AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import type { ApplyPlanInput, ObservedTarget } from './apply-plan-input.ts';
import { applyRooms } from './apply-rooms.ts';
import { createSalePlan } from './apply-sale-plan.ts';
import { applyTarget } from './apply-target.ts';
import { calleesFirst } from './callees-first.ts';
import { releaseUnread } from './ledger/release-target.ts';
import { restoreStrays } from './ledger/restore-strays.ts';
import { outcomeOf } from './write.ts';
import { writeEach } from './write-each.ts';

/**
 * Applies the plan of one namespace: first raises, what others call before its callers, then lowers, then opens and closes rooms, then creates SalePlans, which at their pace may
 * take minutes when hundreds of sales are imported; the plan has divided the caps so that they hold after every single write. Our finalizer is set on each
 * target before its first raise and removed after its last lowering. A converged namespace is recognised from the
 * caches and causes no request.
 */
export async function applyPlan(context: ApplyContext, input: ApplyPlanInput): Promise<Applied> {
  const { plan, targets } = input;
  const planned = plan.targets.flatMap(targetPlan => {
    const observed = targets.find(({ target }) => target.metadata.name === targetPlan.target);
    return observed === undefined ? [] : [{ targetPlan, observed }];
  });
  const ordered = calleesFirst(planned, ({ observed }) => observed.target);
  const lowered = planned.filter(({ targetPlan, observed }) => isLowering(targetPlan, observed));
  const raised = ordered.filter(({ targetPlan, observed }) => !isLowering(targetPlan, observed));
  const settled = input.unread.filter(
    ({ metadata, raised }) => metadata.deletionTimestamp !== undefined && raised.length === 0,
  );
  const released = await writeEach(settled, ({ metadata }) => releaseUnread(context, metadata));
  const writes = [...released.flat()];
  for (const group of [raised, lowered]) {
    const done = await writeEach(group, one => tryTarget(context, input, one.targetPlan, one.observed));
    writes.push(...done.flat());
  }
  writes.push(...(await applyRooms(context, plan)));
  writes.push(...(await restoreStrays(context, input)));
  writes.push(...(await writeEach(input.newSalePlans, salePlan => createSalePlan(context, salePlan))));
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
    const scaler = observed.autoscalers.find(autoscaler => autoscaler.name === name);
    const kind = isScaled ? observed.target.spec.workloadRef.kind : boundsFields(scaler?.objectKind).kind;
    const message = error instanceof Error ? error.message : String(error);
    return [{ kind, name, part: isScaled ? 'Scale' : 'Bounds', outcome: outcomeOf(error), message }];
  }
}

function isLowering(plan: TargetPlan, { autoscalers, workload }: ObservedTarget): boolean {
  const autoscaler = autoscalers.find(({ name }) => name === plan.autoscaler);
  if (autoscaler !== undefined) return plan.bounds.minReplicas < autoscaler.minReplicas;
  return plan.replicas !== undefined && 'uid' in workload && plan.replicas < workload.replicas;
}
