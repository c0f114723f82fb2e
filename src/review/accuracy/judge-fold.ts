import type { Forecast, Series } from '../../../forecasts/index.ts';

/** Hours ahead up to which forecasts are judged together, ascending: the next hour, until the next fit, and beyond. */
export const judgedHours: readonly number[] = [1, 6, 24];

/** Sums over the measured steps of a forecast, from which its accuracy over several is computed. */
export interface AccuracySums {
  /** Number of measured steps. */
  readonly steps: number;
  /** Σ demand, Σ (P50 − demand) and Σ |P50 − demand|, in requests per second. */
  readonly demand: number;
  readonly error: number;
  readonly absoluteError: number;
  /** Number of steps with demand at or below P50 and P95. */
  readonly withinMedian: number;
  readonly withinUpper: number;
}

/** One forecast beside what came: sums by the hours ahead, in the order of `judgedHours`. */
export interface JudgedFold {
  /** Epoch ms. */
  readonly origin: number;
  readonly horizons: readonly AccuracySums[];
}

/** Sums of nothing. */
export const noSums: AccuracySums = {
  steps: 0,
  demand: 0,
  error: 0,
  absoluteError: 0,
  withinMedian: 0,
  withinUpper: 0,
};

/** Compares a forecast of total demand with the measured one, each step in the horizon in which it ends. */
export function judgeFold(origin: number, forecast: Forecast, actual: Series): JudgedFold {
  const stepMs = forecast.stepSeconds * 1000;
  const [median, upper] = [0.5, 0.95].map(
    level => forecast.quantiles.find(one => Math.abs(one.level - level) < 1e-9)?.values ?? forecast.point,
  );
  const horizons = judgedHours.map(() => noSums);
  forecast.point.forEach((point, step) => {
    const at = forecast.start + step * stepMs;
    const demand = actual.values[Math.round((at - actual.start) / stepMs)];
    const aheadHours = (at + stepMs - origin) / 3_600_000;
    const horizon = judgedHours.findIndex(hours => aheadHours <= hours + 1e-9);
    const sums = horizons[horizon];
    if (demand === undefined || demand === null || sums === undefined) return;
    horizons[horizon] = addStep(sums, { demand, median: median?.[step] ?? point, upper: upper?.[step] ?? point });
  });
  return { origin, horizons };
}

function addStep(
  sums: AccuracySums,
  { demand, median, upper }: { readonly demand: number; readonly median: number; readonly upper: number },
): AccuracySums {
  return addSums(sums, {
    steps: 1,
    demand,
    error: median - demand,
    absoluteError: Math.abs(median - demand),
    withinMedian: demand <= median ? 1 : 0,
    withinUpper: demand <= upper ? 1 : 0,
  });
}

/** The sums of both. */
export function addSums(one: AccuracySums, other: AccuracySums): AccuracySums {
  return {
    steps: one.steps + other.steps,
    demand: one.demand + other.demand,
    error: one.error + other.error,
    absoluteError: one.absoluteError + other.absoluteError,
    withinMedian: one.withinMedian + other.withinMedian,
    withinUpper: one.withinUpper + other.withinUpper,
  };
}
