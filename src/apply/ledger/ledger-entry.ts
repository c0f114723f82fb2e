import { boundsFields } from '../../api/autoscalers/autoscaler-kind.ts';
import { isAutoscaler, type RaisedObject } from '../../api/scaling-target.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import type { ObservedTarget } from '../apply-plan-input.ts';

/**
 * Returns what a target must record before it is raised: the object and its bounds until then. Undefined when the plan
 * raises nothing, when the object is recorded already, or when the target is being deleted and is only lowered. For an
 * object that a version without records has raised, the bounds before are those of its annotation, else the baseline.
 * A workload whose raised HPA is gone has the HPA's floor: before it were at most the replicas recorded for the HPA.
 */
export function ledgerEntry(
  plan: TargetPlan,
  { target, autoscalers, workload }: ObservedTarget,
): RaisedObject | undefined {
  const { metadata, spec, status } = target;
  if (plan.floor === undefined && plan.floorMax === undefined) return undefined;
  if (metadata.deletionTimestamp !== undefined) return undefined;
  const isRecorded = (uid: string) => (status?.raised ?? []).some(object => object.uid === uid);
  const autoscaler = autoscalers.find(({ name }) => name === plan.autoscaler);
  if (autoscaler !== undefined) {
    const { name, uid, floor, floorMax, from, minReplicas, maxReplicas } = autoscaler;
    const isMarked = floor !== undefined || floorMax !== undefined;
    const before = from ?? (isMarked ? spec.baseline : { minReplicas, maxReplicas });
    const { apiVersion, kind } = boundsFields(autoscaler.objectKind);
    const about = { apiVersion, kind, name, uid };
    return isRecorded(uid) ? undefined : { ...about, ...boundsOf(before) };
  }
  if (!('uid' in workload) || isRecorded(workload.uid)) return undefined;
  const { floor, replicas, uid } = workload;
  const underHpa = (status?.raised ?? []).filter(isAutoscaler).map(({ minReplicas }) => minReplicas);
  const before = floor === undefined ? Math.min(replicas, ...underHpa) : spec.baseline.minReplicas;
  return { ...spec.workloadRef, uid, minReplicas: before, maxReplicas: before };
}

function boundsOf({ minReplicas, maxReplicas }: { readonly minReplicas: number; readonly maxReplicas: number }) {
  return { minReplicas, maxReplicas };
}
