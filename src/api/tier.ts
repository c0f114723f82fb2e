/** Tiers of targets, in the order in which they are raised and served: the most critical first. */
export const tiers = ['Critical', 'Standard', 'Background'] as const;

/** Importance of a target. */
export type Tier = (typeof tiers)[number];

/** Returns the place of a tier in that order: 0 for the most critical one. */
export function tierRank(tier: Tier): number {
  return tiers.indexOf(tier);
}
