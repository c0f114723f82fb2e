import { contradictedCapacity } from '../../../learn/capacity/describe-capacity.ts';
import type { TargetCheck } from './target-check.ts';

/** Reports a stated capacity at which the objective did not hold in the past. */
export function learnedCapacityRisk({ desired: { name, observed } }: TargetCheck, now: number): readonly string[] {
  const told = contradictedCapacity(observed.target, now);
  return told === undefined ? [] : [`${name}: ${told}`];
}
