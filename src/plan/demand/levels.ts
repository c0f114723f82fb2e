/** Quantile levels of the forecasts, ascending. */
export const forecastLevels: readonly number[] = [0.5, 0.9, 0.95];

/** Level that floors are sized by, until tier and cost choose it. */
export const floorLevel = 0.95;

/** Level that is shown as "the forecast". */
export const medianLevel = 0.5;

/** The index of a level in `forecastLevels`, and so in a `Curve`. */
export function levelIndex(level: number): number {
  return forecastLevels.indexOf(level);
}
