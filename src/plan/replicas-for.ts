import { parseQuantity } from '../api/quantity.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';

/** Ready replicas that serve a demand (requests a second) with the target's headroom: demand × headroom ÷ capacity, rounded up. */
export function replicasFor(requestsPerSecond: number, spec: ScalingTargetSpec): number {
  const { withHeadroom, capacity } = sizing(requestsPerSecond, spec);
  // Percent and decimal fractions are not exact in binary: 45 × 1.2 ÷ 0.6 is 90, not 91.
  return Math.max(0, Math.ceil(withHeadroom / capacity - 1e-9));
}

/** The two numbers on the way, in requests a second. */
export function sizing(
  requestsPerSecond: number,
  { headroomPercent, capacityPerReplica }: ScalingTargetSpec,
): { readonly withHeadroom: number; readonly capacity: number } {
  return {
    withHeadroom: requestsPerSecond * (1 + headroomPercent / 100),
    capacity: parseQuantity(capacityPerReplica),
  };
}
