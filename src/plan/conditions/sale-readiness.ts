import { isMissing } from '../../api/missing.ts';
import { stopsRaises } from '../accept/effective-mode.ts';
import { type DesiredFloor, mayRaise } from '../floor/desired-floor.ts';
import { limitFloor } from '../floor/limit-floor.ts';
import { needAt } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { NamespaceShare } from '../floor/share-namespace.ts';

/** How ready one target is for a sale: what the sale asks of it within all limits, and what is there. */
export interface Readiness {
  readonly target: string;
  /** Replicas. */
  readonly floor: number;
  /** Whether the live bounds carry the floor. */
  readonly inForce: boolean;
  readonly ready: number;
  /** Whether a pause forbids the raise. */
  readonly isPaused: boolean;
}

/** The readiness of every target that the sale raises. */
export function saleReadiness(
  sale: ScheduledSale,
  desiredFloors: readonly DesiredFloor[],
  share: NamespaceShare,
  /** Epoch ms. */
  now: number,
): readonly Readiness[] {
  return desiredFloors.filter(mayRaise).flatMap((desired): readonly Readiness[] => {
    const { name, observed, cap, scaler } = desired;
    const need = sale.needs.get(name);
    if (need === undefined || scaler === undefined) return [];
    const { spec } = observed.target;
    const allowed = limitFloor(needAt(need, now), spec, cap).replicas;
    const floor = Math.min(allowed, share.granted.get(name) ?? allowed);
    if (floor <= spec.baseline.minReplicas) return [];
    const ready = isMissing(observed.workload) ? 0 : observed.workload.readyReplicas;
    return [
      { target: name, floor, inForce: scaler.minReplicas >= floor, ready, isPaused: stopsRaises(desired.paused) },
    ];
  });
}
