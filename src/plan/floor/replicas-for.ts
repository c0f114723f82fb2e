import { parseQuantity } from '../../api/quantity.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';

/** How a target turns demand into replicas. */
export interface Sizing {
  /** Demand is multiplied by it; ≥ 1. */
  readonly headroomRatio: number;
  /** Requests a second that one ready replica serves within its objective. */
  readonly capacity: number;
}

export function sizingOf({ headroomPercent, capacityPerReplica }: ScalingTargetSpec): Sizing {
  return { headroomRatio: 1 + headroomPercent / 100, capacity: parseQuantity(capacityPerReplica) };
}

/** Ready replicas that serve a demand (requests a second) with headroom: demand × headroom ÷ capacity, rounded up. */
export function replicasFor(requestsPerSecond: number, { headroomRatio, capacity }: Sizing): number {
  // Percent and decimal fractions are not exact in binary: 45 × 1.2 ÷ 0.6 is 90, not 91.
  return Math.max(0, Math.ceil((requestsPerSecond * headroomRatio) / capacity - 1e-9));
}
