import { backtest, coverage, type Model } from '../../../forecasts/index.ts';
import type { NamedSeries } from './real-series-sets.ts';

/**
 * Share (0–1) of hours below P95, one hour ahead: on the day before a lasting shift of the level, and on each day
 * after.
 */
export interface ShiftCalibration {
  readonly before: number;
  readonly after: readonly number[];
}

const dayHours = 24;
const shiftDay = 28;
const daysAfter = 3;

/** Forecasts hourly series that double for good after four weeks, every hour from the day before the shift on. */
export function judgeLevelShift(model: Model, set: readonly NamedSeries[]): ShiftCalibration {
  const days = Array.from({ length: 1 + daysAfter }, (_, day) => {
    const folds = set.flatMap(({ series }) => {
      const shifted = { ...series, values: series.values.map((v, i) => (i < shiftDay * dayHours ? v : 2 * (v ?? 0))) };
      const first = series.start + (shiftDay - 1 + day) * dayHours * 3_600_000;
      const origins = Array.from({ length: dayHours }, (_, hour) => first + hour * 3_600_000);
      return backtest(model, shifted, { origins, steps: 1, levels: [0.95] });
    });
    const actual = folds.flatMap(fold => fold.actual);
    return coverage(
      actual,
      folds.flatMap(({ forecast }) => forecast.quantiles[0]?.values ?? []),
    );
  });
  const [before = Number.NaN, ...after] = days;
  return { before, after };
}
