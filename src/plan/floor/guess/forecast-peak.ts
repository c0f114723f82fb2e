import { isMissing, type Missing } from '../../../api/missing.ts';
import { type Curve, highestStep, rowOf } from '../../demand/curve.ts';
import { medianLevel } from '../../demand/levels.ts';

/** The highest demand of a sale at a quantile level (0–1), as a multiple of the highest P50 without any sale. */
export interface ForecastPeak {
  readonly level: number;
  readonly ratio: number;
}

/** Finds the peak of a sale at a level from its demand with and without sales; empty where one of them is not known. */
export function forecastPeak(
  total: Curve | Missing,
  base: Curve | Missing,
  level: number,
): { readonly forecastPeak?: ForecastPeak } {
  if (isMissing(total) || isMissing(base)) return {};
  const ordinary = highestOf(base, medianLevel);
  return ordinary > 0 ? { forecastPeak: { level, ratio: highestOf(total, level) / ordinary } } : {};
}

function highestOf(curve: Curve, level: number): number {
  const row = rowOf(curve, level);
  return row[highestStep(row)] ?? 0;
}
