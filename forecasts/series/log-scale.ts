import { typicalMagnitude } from '../statistics/typical-magnitude.ts';

/** The scale of a model: logarithmic where demand allows it, so that uplifts are factors. */
export interface ModelScale {
  readonly name: 'log' | 'raw';
  readonly to: (value: number) => number;
  readonly from: (scaled: number) => number;
  /** Least forecast, on the raw scale. */
  readonly lowest: number;
  /** Largest point forecast, on the raw scale. */
  readonly highest: number;
}

/**
 * Chooses the scale of a history: log with a small offset (1 % of the mean) where no value is negative, else raw.
 * Forecasts are clipped to twice the highest value, because log models can explode on short growing histories.
 */
export function scaleOf(values: Float64Array): ModelScale {
  let lowest = 0;
  for (const value of values) if (value < lowest) lowest = value;
  const highest = maximumOf(values);
  if (lowest < 0) {
    const span = Math.max(highest, 0) - lowest;
    return { name: 'raw', to: v => v, from: v => v, lowest: lowest - span, highest: Math.max(highest, 0) + span };
  }
  const size = typicalMagnitude(values);
  const offset = size > 0 ? Math.max(0.01 * size, Number.MIN_VALUE) : 1;
  return {
    name: 'log',
    to: v => Math.log(v + offset),
    from: v => Math.max(0, Math.exp(Math.min(v, 700)) - offset),
    lowest: 0,
    highest: 2 * highest,
  };
}

/** The maximum of the values that are not NaN; 0 without any. */
function maximumOf(values: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > highest) highest = value;
  return highest === Number.NEGATIVE_INFINITY ? 0 : highest;
}
