import { type LagGrams, lagGrams } from './lag-grams.ts';
import type { LagGroup } from './lag-group.ts';

/** The sums of a series' lag groups, each made when first asked for and then kept. */
export type LagSums = (group: LagGroup) => LagGrams;

/** `ends`: how many first steps of the series are to be fitted on. */
export function lagSums(scaled: Float64Array, ends: readonly number[]): LagSums {
  const kept = new Map<LagGroup, LagGrams>();
  return group => {
    const grams = kept.get(group) ?? lagGrams(scaled, ends, group);
    kept.set(group, grams);
    return grams;
  };
}
