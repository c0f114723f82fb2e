import { type LagGrams, lagGrams } from './lag-grams.ts';
import type { LagGroup } from './lag-group.ts';

/** The Gram matrices of a lag group on one series; computed on first use and then cached. */
export type LagSums = (group: LagGroup) => LagGrams;

/** Caches the Gram matrices of one series by lag group. `ends`: the numbers of first steps to fit on. */
export function lagSums(scaled: Float64Array, ends: readonly number[]): LagSums {
  const kept = new Map<LagGroup, LagGrams>();
  return group => {
    const grams = kept.get(group) ?? lagGrams(scaled, ends, group);
    kept.set(group, grams);
    return grams;
  };
}
