import type { Measured } from './measured.ts';

/**
 * How far the highest forecast is off the highest actual, whenever each comes: forecast ÷ actual − 1, a signed ratio
 * (0.2 = 20 % too high). NaN when nothing above zero was measured.
 */
export function peakError(actual: Measured, forecast: readonly number[]): number {
  const peak = highest(actual);
  if (peak === undefined || peak.value <= 0) return Number.NaN;
  return (highest(forecast)?.value ?? Number.NaN) / peak.value - 1;
}

/** How many steps the forecast's highest step comes after the actual one's, negative = before. NaN when nothing was measured. */
export function peakTimeError(actual: Measured, forecast: readonly number[]): number {
  return (highest(forecast)?.at ?? Number.NaN) - (highest(actual)?.at ?? Number.NaN);
}

function highest(values: Measured): { readonly value: number; readonly at: number } | undefined {
  let best: { value: number; at: number } | undefined;
  values.forEach((value, at) => {
    if (value !== null && !Number.isNaN(value) && (best === undefined || value > best.value)) best = { value, at };
  });
  return best;
}
