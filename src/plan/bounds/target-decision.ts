import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { describeHold } from '../floor/explain-floor.ts';
import type { Bounds, TargetPlan, TargetReason } from '../plan.ts';

/** What to do about one target's bounds, without the conditions that report it. */
export type TargetDecision = Pick<
  TargetPlan,
  'bounds' | 'replicas' | 'action' | 'floor' | 'floorMax' | 'reason' | 'because'
> & {
  /** What the rest of the restore depends on, in words. */
  readonly waitsFor?: string;
  /** What happens to the objects that it raised and refers to no longer, in words. */
  readonly strays?: string;
  /** Whether the namespace's total binds. */
  readonly isShared?: boolean;
};

/** Leaves the live object as it is, with the reason; `heldBy` names, in words, the setting or object that holds it. */
export function holdBounds(
  { observed }: DesiredFloor,
  scaler: Scaler,
  { reason, because, heldBy }: { reason: TargetReason; because: readonly ReasonStep[]; heldBy?: string | undefined },
): TargetDecision {
  return {
    bounds: scaler.kind === 'Autoscaler' ? liveBounds(scaler) : observed.target.spec.baseline,
    action: 'Hold',
    ...(scaler.floor === undefined ? {} : { floor: scaler.floor }),
    ...(scaler.floorMax === undefined ? {} : { floorMax: scaler.floorMax }),
    reason,
    because: heldBy === undefined ? because : [...because, holdStep(scaler.minReplicas, heldBy)],
  };
}

/** Describes what holds bounds: a pause, or caches that may be out of date. */
export function describePause({ paused, onlyRaises }: Pick<DesiredFloor, 'paused' | 'onlyRaises'>): string {
  return onlyRaises !== undefined && paused === 'Down'
    ? 'what is known of the cluster may be out of date'
    : `bounds are paused (${paused})`;
}

/** The bounds of the live object. */
export function liveBounds({ minReplicas, maxReplicas }: Pick<Scaler, 'minReplicas' | 'maxReplicas'>): Bounds {
  return { minReplicas, maxReplicas };
}

function holdStep(replicas: number, why: string): ReasonStep {
  return { rule: 'hold', value: replicas, unit: 'replicas', message: describeHold(replicas, why) };
}
