import { type ScalingTarget, tierRank, tiers } from '../api/scaling-target.ts';

/**
 * Returns the place of a write of bounds or replicas among those that wait, over all namespaces: raises by the tier of
 * their target, the most critical first, and lowerings after all of them.
 */
export function writeRank({ spec }: Pick<ScalingTarget, 'spec'>, isLowering: boolean): number {
  return isLowering ? tiers.length : tierRank(spec.tier);
}
