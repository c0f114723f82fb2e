import type { Tier } from '../../api/tier.ts';
import { costLevels, floorLevel } from '../demand/levels.ts';

/** Lowest and highest level that a tier may be planned at: what is stated may be wrong. */
const levelsOfTier: Readonly<Record<Tier, readonly [lowest: number, highest: number]>> = {
  Critical: [0.95, 0.995],
  Standard: [0.9, 0.99],
  Background: [0.8, 0.95],
};

/** The two prices between which a quantile level is chosen, both per replica and hour. */
export interface ShortageCost {
  /** Price of a replica, idle or not. */
  readonly replicaHour: number;
  /** Value of the orders that are lost while one replica is missing; absent where it is not stated. */
  readonly lossPerReplicaHour?: number | undefined;
}

/**
 * Chooses the quantile level by which a target's floors are sized: the level at which one more replica costs as much as
 * it saves (the newsvendor's critical ratio), rounded up to one of `costLevels`, within what its tier allows.
 *
 *   loss                      ratio = loss ÷ (loss + replicaHour)      Critical      Standard    Background
 *   not stated                –                                        P95           P95         P95
 *   0                         0                                        P95           P90         P80
 *   1 × the replica           0.5                                      P95           P90         P80
 *   11.3 × the replica        0.919                                    P95           P92.5       P92.5
 *   60 × the replica          0.984                                    P99           P99         P95
 *   1,000 × the replica       0.999                                    P99.5         P99         P95
 *
 * Both are free (0 and 0): P95.
 *
 * @see Arrow, Harris and Marschak, "Optimal Inventory Policy", Econometrica 19 (1951)
 */
export function quantileByCost(tier: Tier, { replicaHour, lossPerReplicaHour: loss }: ShortageCost): number {
  if (loss === undefined || loss + replicaHour === 0) return floorLevel;
  const ratio = loss / (loss + replicaHour);
  const [lowest, highest] = levelsOfTier[tier];
  const wanted = Math.min(highest, Math.max(lowest, ratio));
  return costLevels.find(level => level >= wanted - 1e-9) ?? highest;
}
