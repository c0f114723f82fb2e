import type { ScalingTarget } from '../../../api/scaling-target.ts';
import { capacityInUse } from '../../../learn/capacity/capacity-in-use.ts';
import { describeDivisor } from '../../../learn/capacity/describe-capacity.ts';
import { mapDemands } from './map-demands.ts';
import type { ReplicaRule, Sizing } from './replica-rule.ts';

/**
 * Divides each demand by what one ready replica serves, rounded up to replicas. Where nobody knows what that is, what the
 * target keeps without us is kept: a sale asks for replicas there, not for demand.
 */
export const divideByCapacity: ReplicaRule = (numbers, context) =>
  mapDemands(numbers, context, {
    size: (demand, { sizing: { capacity }, kept }) => ({
      demand,
      replicas: capacity.perReplica === undefined ? kept : replicasFor(demand, capacity.perReplica),
    }),
    explain: ({ replicas }, { sizing: { capacity } }) => {
      const message = () =>
        capacity.perReplica === undefined
          ? `the capacity of a replica is not known: ${replicas} replicas, as without Headstart`
          : `÷ ${describeDivisor(capacity)}: ${replicas} replicas`;
      return { rule: 'replicas', value: replicas, unit: 'replicas', message };
    },
  });

/**
 * Returns what turns a target's demand into replicas at `now`, epoch ms; `begunAt`, epoch ms, is when the first of the
 * sales that run was raised.
 */
export function sizingOf(target: Pick<ScalingTarget, 'spec' | 'status'>, now: number, begunAt?: number): Sizing {
  return { headroomRatio: 1 + target.spec.headroomPercent / 100, capacity: capacityInUse(target, now, begunAt) };
}

/** Replicas that serve a demand (requests per second, headroom included). */
export function replicasFor(demand: number, capacity: number): number {
  // Percent and decimal fractions are not exact in binary: 45 × 1.2 ÷ 0.6 is 90, not 91.
  return Math.max(0, Math.ceil(demand / capacity - 1e-9));
}
