/**
 * Naive2 of the M4 competition: the last value of the deseasonalized series times the seasonal index, where the
 * autocorrelation is significant (90 % test); else the last value.
 * @see Makridakis, Spiliotis & Assimakopoulos (2020), The M4 Competition, International Journal of Forecasting 36(1)
 */
export function naive2(history: readonly number[], season: number, steps: number): readonly number[] {
  const indices = isSeasonal(history, season) ? seasonalIndices(history, season) : new Array<number>(season).fill(1);
  const n = history.length;
  const last = (history[n - 1] ?? 0) / (indices[(n - 1) % season] ?? 1);
  return Array.from({ length: steps }, (_, i) => last * (indices[(n + i) % season] ?? 1));
}

function isSeasonal(history: readonly number[], season: number): boolean {
  if (history.length < 3 * season) return false;
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += autocorrelation(history, lag) ** 2;
  const limit = 1.645 * Math.sqrt((1 + 2 * squares) / history.length);
  return Math.abs(autocorrelation(history, season)) > limit;
}

function autocorrelation(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let together = 0;
  let squares = 0;
  values.forEach((value, i) => {
    squares += (value - mean) ** 2;
    if (i >= lag) together += (value - mean) * ((values[i - lag] ?? mean) - mean);
  });
  return together / squares;
}

/**
 * Seasonal indices by classical multiplicative decomposition: mean ratio to a centred moving average, scaled to mean 1.
 */
function seasonalIndices(history: readonly number[], season: number): number[] {
  const half = season / 2;
  const sums = new Array<number>(season).fill(0);
  const counts = new Array<number>(season).fill(0);
  for (let t = half; t + half < history.length; t++) {
    let mean = ((history[t - half] ?? 0) + (history[t + half] ?? 0)) / 2;
    for (let k = t - half + 1; k < t + half; k++) mean += history[k] ?? 0;
    mean /= season;
    if (mean === 0) continue;
    sums[t % season] = (sums[t % season] ?? 0) + (history[t] ?? 0) / mean;
    counts[t % season] = (counts[t % season] ?? 0) + 1;
  }
  const raw = sums.map((sum, i) => (counts[i] ? sum / (counts[i] ?? 1) : 1));
  const total = raw.reduce((a, b) => a + b, 0) / season;
  return raw.map(index => index / total);
}
