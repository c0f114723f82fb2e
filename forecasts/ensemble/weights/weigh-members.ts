/** One member's forecasts at the inner origins. */
export interface Trial {
  /** Naive members set the error that the `gate` compares with. */
  readonly isNaive: boolean;
  /** Raw values, one array per origin, undefined where the member could not be fitted. */
  readonly forecasts: readonly (Float64Array | undefined)[];
}

/** Actual values and settings of {@link weighMembers}. */
export interface Weighing {
  /** Actual raw values, one array per origin. */
  readonly actuals: readonly Float64Array[];
  /** Number of steps to compare per origin. */
  readonly steps: number;
  /** Weight of an origin relative to the next newer one, in (0, 1]. */
  readonly recency: number;
  /** Weight = exp(−sharpness · (error ÷ least error − 1)). */
  readonly sharpness: number;
  /** Members with an error above `gate` times that of the best naive member get no weight. */
  readonly gate: number;
}

/**
 * Softmax weights by the mean absolute error over inner origins that no member was fitted on; they sum to 1. With a
 * gate of 1, a member worse than the best naive one gets no weight.
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

/**
 * Weighted mean error over the origins with a forecast; infinity without any forecast, or with one that is not finite.
 */
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
