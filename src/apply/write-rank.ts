import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { tierRank, tiers } from '../api/tier.ts';

/** The target of a write; an object that its target refers to no longer is only lowered and has no tier. */
interface RankedTarget {
  readonly spec: Partial<Pick<ScalingTargetSpec, 'tier'>>;
}

/**
 * Returns the place of a write of bounds or replicas among those that wait, over all namespaces: raises by the tier of
 * their target, the most critical first, and lowerings after all of them.
 */
export function writeRank({ spec: { tier } }: RankedTarget, isLowering: boolean): number {
  return isLowering || tier === undefined ? tiers.length : tierRank(tier);
}
