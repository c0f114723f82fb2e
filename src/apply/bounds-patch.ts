import { boundsFields } from '../api/autoscalers/autoscaler-kind.ts';
import type { AutoscalerState } from '../api/autoscalers/autoscaler-state.ts';
import { floorAnnotation, floorMaxAnnotation, fromAnnotation } from '../api/group.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { Bounds, TargetPlan } from '../plan/plan.ts';

/** One live HPA and the bounds and annotations planned for it. */
export interface PatchInput {
  readonly namespace: string;
  readonly live: AutoscalerState;
  readonly plan: TargetPlan;
  /** Bounds before the raise; absent when unknown. */
  readonly from?: Bounds | undefined;
}

/**
 * Builds the patch of both bounds and the annotations of the plan. Server-side apply removes an annotation that is left
 * out.
 */
export function boundsPatch({ namespace, live, plan, from }: PatchInput) {
  const { bounds, floor, floorMax } = plan;
  const annotations = {
    ...(floor === undefined ? {} : { [floorAnnotation]: String(floor) }),
    ...(floorMax === undefined ? {} : { [floorMaxAnnotation]: String(floorMax) }),
    ...(isRaised(plan) && from !== undefined ? { [fromAnnotation]: formatFrom(from) } : {}),
  };
  return {
    metadata: {
      name: live.name,
      namespace,
      uid: live.uid,
      resourceVersion: live.resourceVersion,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: boundsSpec(live, bounds),
  };
}

/**
 * Returns true when an annotation is to go that another manager owns, too: server-side apply would give up our share of
 * it and leave theirs, and the annotation with it.
 */
export function isSharedMarkLeft({ state, markOwners }: LiveAutoscaler, plan: TargetPlan): boolean {
  if (markOwners.length === 0) return false;
  const goes = (key: 'floor' | 'floorMax') => state[key] !== undefined && plan[key] === undefined;
  return goes('floor') || goes('floorMax');
}

/** Builds the merge patch of both bounds that removes each annotation that the plan has not, whoever owns it. */
export function boundsRemoval({ live, plan, from }: Omit<PatchInput, 'namespace'>) {
  const { bounds, floor, floorMax } = plan;
  const annotations = {
    [floorAnnotation]: floor === undefined ? null : String(floor),
    [floorMaxAnnotation]: floorMax === undefined ? null : String(floorMax),
    [fromAnnotation]: isRaised(plan) && from !== undefined ? formatFrom(from) : null,
  };
  const { uid, resourceVersion } = live;
  return { metadata: { uid, resourceVersion, annotations }, spec: boundsSpec(live, bounds) };
}

/** Names both bounds as the object's kind does. */
function boundsSpec({ objectKind }: Pick<AutoscalerState, 'objectKind'>, { minReplicas, maxReplicas }: Bounds): object {
  const fields = boundsFields(objectKind);
  return { [fields.minReplicas]: minReplicas, [fields.maxReplicas]: maxReplicas };
}

function isRaised({ floor, floorMax }: TargetPlan): boolean {
  return floor !== undefined || floorMax !== undefined;
}

function formatFrom({ minReplicas, maxReplicas }: Bounds): string {
  return `${minReplicas}..${maxReplicas}`;
}
