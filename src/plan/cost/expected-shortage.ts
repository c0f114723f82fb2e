import { type Curve, rowOf } from '../demand/curve.ts';
import { forecastLevels } from '../demand/levels.ts';

/**
 * Mean of the demand above the highest level that is known, in its distances to the level below: of a normal
 * distribution, (2.892 − 2.576) ÷ (2.576 − 2.326) above P99.5, seen from P99.
 */
const tailRatio = 1.26;

/**
 * Computes the requests that are expected to find no room from step `from` to `to` (exclusive) when `served` requests
 * per second can be answered: the mean of max(0, demand − served) over the distribution that the curve's levels describe,
 * which is linear between two levels. Demand below the lowest level counts as that level.
 */
export function expectedShortage(
  curve: Curve,
  served: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const levels = curve.levels ?? forecastLevels;
  const rows = levels.map(level => rowOf(curve, level));
  let requests = 0;
  for (let step = from; step < to; step++) {
    const demand = rows.map(row => row[step] ?? 0);
    requests += meanShortage(levels, demand, served) * curve.stepSeconds;
  }
  return requests;
}

/** The mean of max(0, demand − served) in one step, in requests per second. */
function meanShortage(levels: readonly number[], demand: readonly number[], served: number): number {
  const short = demand.map(value => value - served);
  const [lowest = 0, highest = 0] = [short[0], short.at(-1)];
  let mean = (levels[0] ?? 0) * Math.max(0, lowest);
  for (let i = 1; i < levels.length; i++) {
    const share = (levels[i] ?? 0) - (levels[i - 1] ?? 0);
    mean += share * meanAboveZero(short[i - 1] ?? 0, short[i] ?? 0);
  }
  const tail = highest + tailRatio * (highest - (short.at(-2) ?? highest));
  return mean + (1 - (levels.at(-1) ?? 1)) * Math.max(0, tail);
}

/** The mean of the part above 0 of a line from `low` to `high`. */
function meanAboveZero(low: number, high: number): number {
  if (low >= 0 && high >= 0) return (low + high) / 2;
  const above = Math.max(low, high);
  return above <= 0 ? 0 : (above * above) / (2 * Math.abs(high - low));
}
