import type { RegularHistory } from './regular-history.ts';

/** Where a series stands beside its profile, known at the end of each step: means of the residuals at four speeds. */
export interface ResidualLevels {
  readonly residuals: Float64Array;
  /** Half-life 24 h. */
  readonly day: Float64Array;
  /** Half-life 6 h. */
  readonly quarter: Float64Array;
  /** Half-life 1 h. */
  readonly hour: Float64Array;
  /** Half-life 10 min, or one step. */
  readonly now: Float64Array;
}

/** The levels of `scaled`, a grid that starts where the history does, under the history's profile. */
export function residualLevels({ start, stepMs, profileAt }: RegularHistory, scaled: Float64Array): ResidualLevels {
  const residuals = scaled.map((value, i) => value - profileAt(start + i * stepMs));
  const hours = (half: number) => smooth(residuals, Math.max(1, (half * 3_600_000) / stepMs));
  return { residuals, day: hours(24), quarter: hours(6), hour: hours(1), now: hours(1 / 6) };
}

function smooth(values: Float64Array, halfLifeSteps: number): Float64Array {
  const gain = 1 - 2 ** (-1 / halfLifeSteps);
  const smoothed = new Float64Array(values.length);
  const first = Math.min(values.length, Math.ceil(halfLifeSteps));
  let level = 0;
  for (let i = 0; i < first; i++) level += (values[i] as number) / first;
  for (let i = 0; i < values.length; i++) {
    level += gain * ((values[i] as number) - level);
    smoothed[i] = level;
  }
  return smoothed;
}
