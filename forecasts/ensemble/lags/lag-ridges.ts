import type { PointModel } from '../point-model.ts';
import { continueLags } from './continue-lags.ts';
import { type LagGroup, lagGroup } from './lag-group.ts';
import { lagRows } from './lag-rows.ts';
import { solveLagRidge } from './solve-lag-ridge.ts';

/** Settings of an autoregression on chosen lags of a series or its differences; coefficients are shrunk towards 0. */
export interface LagRidgeSpec {
  readonly name: string;
  /** Lags in steps of the differenced series, ascending. */
  readonly lags: readonly number[];
  /** Distance of the differences in steps: w(t) = x(t) − x(t − difference); 0 = no differencing. */
  readonly difference: number;
  /** Ridge penalty ÷ (variance · number of rows), ≥ 0. */
  readonly ridge: number;
  /** Whether to refit twice with Huber's weights, k = 1.345 robust standard deviations, so that outliers count less. */
  readonly isHuber: boolean;
}

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
