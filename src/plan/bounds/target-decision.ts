import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds, TargetPlan, TargetReason } from '../plan.ts';

/** What to do about one target's bounds, without what to say about it. */
export type TargetDecision = Pick<
  TargetPlan,
  'bounds' | 'replicas' | 'action' | 'floor' | 'floorMax' | 'reason' | 'because'
> & {
  /** What the restore still waits for, in words. */
  readonly waitsFor?: string;
  /** Whether the namespace's total binds. */
  readonly isShared?: boolean;
};

/** Leave the live object as it is, and say why. */
export function holdLive(
  { observed }: DesiredFloor,
  scaler: Scaler,
  reason: TargetReason,
  because: readonly ReasonStep[],
): TargetDecision {
  return {
    bounds: scaler.kind === 'Autoscaler' ? liveBounds(scaler) : observed.target.spec.baseline,
    action: 'Hold',
    ...(scaler.floor === undefined ? {} : { floor: scaler.floor }),
    ...(scaler.floorMax === undefined ? {} : { floorMax: scaler.floorMax }),
    reason,
    because,
  };
}

/** The bounds that are there. */
export function liveBounds({ minReplicas, maxReplicas }: Pick<Scaler, 'minReplicas' | 'maxReplicas'>): Bounds {
  return { minReplicas, maxReplicas };
}
