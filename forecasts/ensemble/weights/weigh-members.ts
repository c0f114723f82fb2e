/** One member's forecasts from the inner origins: raw values, one array an origin, undefined where it could not be fitted. */
export interface Trial {
  /** Naive members are what every other must beat to count at all. */
  readonly isNaive: boolean;
  readonly forecasts: readonly (Float64Array | undefined)[];
}

export interface Weighing {
  /** What came, one array an origin like the forecasts. */
  readonly actuals: readonly Float64Array[];
  /** The stretch of the horizon that is judged. */
  readonly steps: number;
  /** An origin counts this many times as much as the one after it, in (0, 1]. */
  readonly recency: number;
  /** Weight = exp(−sharpness · (error ÷ least error − 1)). */
  readonly sharpness: number;
  /** A member whose error is this many times that of the best naive one gets no weight. */
  readonly gate: number;
}

/**
 * Softmax weights by the mean absolute error over inner origins that no member has been fitted on; they sum to 1.
 * Where the gate is 1, a member worse than the best naive one counts for nothing: a gain must be shown, not assumed.
 */
export function weighMembers(trials: readonly Trial[], weighing: Weighing): Float64Array {
  const errors = Float64Array.from(trials, trial => meanError(trial.forecasts, weighing));
  const best = Math.min(...errors);
  const bestNaive = Math.min(...errors.filter((_, m) => trials[m]?.isNaive));
  const weights = errors.map((error, m) => {
    if (error === Number.POSITIVE_INFINITY) return best === error && trials[m]?.isNaive ? 1 : 0;
    if (error > weighing.gate * bestNaive) return 0;
    return best > 0 ? Math.exp(-weighing.sharpness * (error / best - 1)) : Number(error === best);
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map(weight => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** Of the origins at which the member has a forecast; infinity where it has none or one is not finite: it never counts. */
function meanError(forecasts: Trial['forecasts'], { actuals, steps, recency }: Weighing): number {
  let sum = 0;
  let total = 0;
  forecasts.forEach((forecast, k) => {
    if (forecast === undefined) return;
    const actual = actuals[k] as Float64Array;
    let error = 0;
    for (let i = 0; i < steps; i++) error += Math.abs((forecast[i] as number) - (actual[i] as number));
    sum += (recency ** k * error) / steps;
    total += recency ** k;
  });
  return total > 0 && Number.isFinite(sum) ? sum / total : Number.POSITIVE_INFINITY;
}
