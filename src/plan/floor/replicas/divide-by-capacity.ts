import { formatQuantity, parseQuantity } from '../../../api/quantity.ts';
import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import { mapDemands } from './map-demands.ts';
import type { ReplicaRule, Sizing } from './replica-rule.ts';

/** Divides each demand by what one ready replica serves, rounded up to replicas. */
export const divideByCapacity: ReplicaRule = (numbers, context) =>
  mapDemands(numbers, context, (demand, { sizing: { capacity } }) => {
    const replicas = replicasFor(demand, capacity);
    const message = () => `÷ ${formatQuantity(capacity)} requests/s per replica: ${replicas} replicas`;
    return { demand, replicas, step: { rule: 'replicas', value: replicas, unit: 'replicas', message } };
  });

export function sizingOf({ headroomPercent, capacityPerReplica }: ScalingTargetSpec): Sizing {
  return { headroomRatio: 1 + headroomPercent / 100, capacity: parseQuantity(capacityPerReplica) };
}

/** Replicas that serve a demand (requests per second, headroom included). */
export function replicasFor(demand: number, capacity: number): number {
  // Percent and decimal fractions are not exact in binary: 45 × 1.2 ÷ 0.6 is 90, not 91.
  return Math.max(0, Math.ceil(demand / capacity - 1e-9));
}
