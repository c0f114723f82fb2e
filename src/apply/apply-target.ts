import { readFloor } from '../api/floor-annotation.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { AppliedWrite } from './applied.ts';
import { applyBounds, areInForce } from './apply-bounds.ts';
import type { ApplyContext } from './apply-context.ts';
import type { ApplyPlanInput, ObservedTarget, ObservedWorkload } from './apply-plan-input.ts';
import { applyScale } from './apply-scale.ts';
import { ledgerEntry } from './ledger/ledger-entry.ts';
import { hasFinalizer, hasMark } from './ledger/mark-patch.ts';
import { markRaise } from './ledger/mark-raise.ts';
import { releaseTarget } from './ledger/release-target.ts';
import { isLiveTarget } from './live-read.ts';
import { unwritten } from './write.ts';

/**
 * Applies the plan of one target, with its marks before and after:
 *
 *   action    before                              bounds or replicas    after
 *   Write     finalizer, then the ledger          as planned            the floor, where no HPA carries it
 *   Hold      -                                   -                     -
 *   Release   -                                   -                     neither ledger nor finalizer
 */
export async function applyTarget(
  context: ApplyContext,
  input: ApplyPlanInput,
  plan: TargetPlan,
  observed: ObservedTarget,
): Promise<readonly AppliedWrite[]> {
  const { target } = observed;
  if (plan.action === 'Hold') return [];
  if (plan.action === 'Release') return releaseTarget(context, target);
  const raises = isUnkept(context, target) ? undefined : ledgerEntry(plan, observed);
  if (raises === undefined && isConverged(plan, observed)) return [];
  // Asked before anything is read: a pause that the API server asked for is not filled with reads.
  context.pace.bounds.assertFree();
  if (input.readsTargets && !(await isLiveTarget(context, target))) {
    const about = { kind: 'ScalingTarget', name: target.metadata.name, part: 'Finalizer' } as const;
    return [unwritten(about, 'Gone', 'the target is not there any more')];
  }
  const before = await markRaise(context, target, { finalizer: true, floor: highestFloor(plan, observed), raises });
  if (before.some(({ outcome }) => outcome !== 'Written' && outcome !== 'Unchanged')) return before;
  const written = await applyReplicas(context, input, plan, observed);
  const isDone = written === undefined || written.outcome === 'Written' || written.outcome === 'Unchanged';
  const after = isDone && plan.floor === undefined ? await markRaise(context, target, { finalizer: true }) : [];
  return [...before, ...(written === undefined ? [] : [written]), ...after];
}

/** Returns true when the cluster's CRD is known to drop what this target records. */
function isUnkept({ memory }: ApplyContext, { metadata }: ScalingTarget): boolean {
  return memory.isUnkept(metadata.uid ?? '');
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
    const from = beforeRaise(target, autoscaler.uid) ?? ledgerEntry(plan, { target, autoscalers, workload });
    return applyBounds(context, {
      now,
      target,
      autoscaler,
      from,
      replicas,
      plan,
      replan: withLive,
      cap,
      sales: reaching,
    });
  }
  if (plan.replicas === undefined || !('uid' in workload)) return undefined;
  const kind = await scaleKind(target.spec.workloadRef);
  if (kind === undefined) return undefined;
  const withLive = (live: ObservedWorkload) => replan(name, { workload: live });
  return applyScale(context, { now, target, workload, kind, plan, replan: withLive, cap, sales: reaching });
}

/** Returns the bounds that the target has recorded for an object before its raise. */
function beforeRaise({ status }: ScalingTarget, uid: string) {
  return status?.raised?.find(object => object.uid === uid);
}
