import { type Measured, meanMeasured, sumMeasured } from './measured.ts';

/**
 * Mean pinball (quantile) loss of a quantile forecast at `level` in (0, 1), in the unit of the series: too low costs
 * `level` a unit, too high 1 − level. NaN when nothing was measured.
 * @see Koenker & Bassett (1978), Regression Quantiles, Econometrica 46(1)
 */
export function pinballLoss(actual: Measured, quantile: readonly number[], level: number): number {
  return meanMeasured(actual, quantile, (y, q) => (y >= q ? level * (y - q) : (1 - level) * (q - y)));
}

/** The share (0–1) of steps at or below the quantile; a good P95 has 0.95. NaN when nothing was measured. */
export function coverage(actual: Measured, quantile: readonly number[]): number {
  return meanMeasured(actual, quantile, (y, q) => (y <= q ? 1 : 0));
}

/**
 * Weighted quantile loss: twice the pinball loss over the sum of actuals, mean over the quantiles; a ratio ≥ 0.
 * @see https://docs.aws.amazon.com/forecast/latest/dg/metrics.html
 */
export function wql(
  actual: Measured,
  quantiles: readonly { readonly level: number; readonly values: readonly number[] }[],
): number {
  const losses = quantiles.map(({ level, values }) => {
    const { sum } = sumMeasured(actual, values, (y, q) => (y >= q ? level * (y - q) : (1 - level) * (q - y)));
    return (2 * sum) / sumMeasured(actual, values, y => Math.abs(y)).sum;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
