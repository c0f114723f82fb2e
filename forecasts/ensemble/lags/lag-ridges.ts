import type { PointModel } from '../point-model.ts';
import { continueLags } from './continue-lags.ts';
import { type LagGroup, lagGroup } from './lag-group.ts';
import type { LagRidgeSpec } from './lag-ridge-spec.ts';
import { lagRows } from './lag-rows.ts';
import { solveLagRidge } from './solve-lag-ridge.ts';

/**
 * Recursive forecasts of w(t) = b₀ + Σ bᵢ w(t − lagᵢ) by ridge regression, w being the (differenced) series less its
 * mean. One member per spec.
 *
 * @see Hoerl & Kennard (1970), Ridge regression
 */
export function lagRidges(specs: readonly LagRidgeSpec[]): readonly PointModel[] {
  const groups = new Map<number, LagGroup>();
  for (const { difference } of specs) {
    const alike = specs.filter(spec => spec.difference === difference);
    if (!groups.has(difference))
      groups.set(difference, lagGroup(difference, [...new Set(alike.map(({ lags }) => lags))]));
  }
  return specs.map(spec => lagRidge(spec, groups.get(spec.difference) as LagGroup));
}

function lagRidge(spec: LagRidgeSpec, group: LagGroup): PointModel {
  const set = group.lagSets.indexOf(spec.lags);
  return {
    name: spec.name,
    fit: ({ scaled, lagSums }) => {
      const length = scaled.length - spec.difference;
      const longest = spec.lags.at(-1) ?? 0;
      if (length < longest + 2 * spec.lags.length + 24) return undefined;
      const { values, center, gram } = lagSums(group);
      const rows = lagRows(values.subarray(0, length), center);
      const coefficients = solveLagRidge(gram(set, scaled.length), rows, spec);
      if (!coefficients.every(Number.isFinite)) return undefined;
      const fitted = { ...rows, ...spec, coefficients };
      return known => (origin, steps) => continueLags(known.subarray(0, origin), steps, fitted);
    },
  };
}
