/** Quantile levels of the forecasts, ascending. */
export const forecastLevels: readonly number[] = [0.5, 0.9, 0.95];

/** Quantile levels of the forecasts where the policy states a cost, ascending: all that a floor may be sized by. */
export const costLevels: readonly number[] = [0.5, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995];

/** Level that floors are sized by where no cost chooses another, and that forecasts are judged by. */
export const floorLevel = 0.95;

/** Level that is shown as "the forecast". */
export const medianLevel = 0.5;
