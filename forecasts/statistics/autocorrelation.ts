/** Number of standard errors that a correlation must reach. */
const leastErrors = 3;
const shortest = 3;

/**
 * Finds the lag (in steps, from 3 to a third of the length) of the highest peak of the autocorrelation; undefined
 * without a significant peak. NaN is left out.
 */
export function autocorrelationPeak(values: Float64Array): number | undefined {
  const longest = Math.floor(values.length / 3);
  const correlations = new Float64Array(longest + 2);
  for (let lag = 1; lag <= longest + 1; lag++) correlations[lag] = correlationAt(values, lag);
  let best: number | undefined;
  for (let lag = shortest; lag <= longest; lag++) {
    const here = correlations[lag] as number;
    const isPeak = here > (correlations[lag - 1] as number) && here >= (correlations[lag + 1] as number);
    if (!isPeak || here < leastErrors / Math.sqrt(values.length)) continue;
    // a longer lag must be clearly better: multiples of a period correlate about as well as the period itself
    if (best === undefined || here > 1.1 * (correlations[best] as number)) best = lag;
  }
  return best;
}

function correlationAt(values: Float64Array, lag: number): number {
  let products = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    squares += value * value;
    const before = values[i - lag];
    if (before !== undefined && !Number.isNaN(before)) products += value * before;
  }
  return squares > 0 ? products / squares : 0;
}
