import { capacityInUse } from '../../../learn/capacity/capacity-in-use.ts';
import { contradictedCapacity, stateCapacity, unknownCapacity } from '../../../learn/capacity/describe-capacity.ts';
import type { TargetCheck } from './target-check.ts';

/** Reports a stated capacity at which the objective did not hold in the past, and one that nobody knows. */
export function learnedCapacityRisk({ desired: { name, observed }, now }: TargetCheck): readonly string[] {
  if (capacityInUse(observed.target, now).basis === 'Unknown')
    return [`${name}: ${unknownCapacity}, so its replicas are a guess. ${stateCapacity}`];
  const told = contradictedCapacity(observed.target, now);
  return told === undefined ? [] : [`${name}: ${told}`];
}
