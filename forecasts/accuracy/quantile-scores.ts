import { checkLevel } from '../check-options.ts';
import { type Measured, meanMeasured, sumMeasured } from './measured.ts';

/**
 * Mean pinball (quantile) loss of a quantile forecast at `level` in (0, 1), in the unit of the series: a forecast too
 * low costs `level` per unit, one too high 1 − level. Unmeasured steps are left out; NaN when no step was measured.
 * @see Koenker & Bassett (1978), Regression Quantiles, https://doi.org/10.2307/1913643
 * @throws RangeError when the level lies outside (0, 1)
 */
export function pinballLoss(actual: Measured, quantile: readonly number[], level: number): number {
  return meanMeasured(actual, quantile, lossAt(level));
}

/**
 * The share (0–1) of steps at or below the quantile; a calibrated P95 has 0.95. Unmeasured steps are left out; NaN when
 * no step was measured.
 * @see https://otexts.com/fpp3/distaccuracy.html
 */
export function coverage(actual: Measured, quantile: readonly number[]): number {
  return meanMeasured(actual, quantile, (y, q) => (y <= q ? 1 : 0));
}

/**
 * Weighted quantile loss: 2 · Σ pinball loss ÷ Σ|actual|, averaged over the quantiles; a ratio ≥ 0. Unmeasured steps
 * are left out; NaN when only zeros were measured or no quantile is given.
 * @see https://docs.aws.amazon.com/forecast/latest/dg/metrics.html
 * @throws RangeError when a level lies outside (0, 1)
 */
export function wql(
  actual: Measured,
  quantiles: readonly { readonly level: number; readonly values: readonly number[] }[],
): number {
  const losses = quantiles.map(({ level, values }) => {
    const { sum } = sumMeasured(actual, values, lossAt(level));
    return (2 * sum) / sumMeasured(actual, values, y => Math.abs(y)).sum;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function lossAt(level: number): (actual: number, quantile: number) => number {
  checkLevel(level);
  return (y, q) => (y >= q ? level * (y - q) : (1 - level) * (q - y));
}
