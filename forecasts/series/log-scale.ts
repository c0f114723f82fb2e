import { typicalMagnitude } from '../statistics/typical-magnitude.ts';

/** The scale a model works on, so that uplifts multiply where demand allows it. */
export interface Scale {
  readonly name: 'log' | 'raw';
  readonly to: (value: number) => number;
  readonly from: (scaled: number) => number;
  /** Bounds of a sane forecast on the raw scale. */
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Log with a small offset (1 % of the mean) where nothing is negative, else the values as they are. Forecasts are clipped
 * to twice what was ever seen in the last 28 days, because log models explode on short growing histories.
 */
export function scaleOf(values: Float64Array): Scale {
  let lowest = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < lowest) lowest = values[i] as number;
  const highest = sturdyMaximum(values);
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

function sturdyMaximum(values: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > highest) highest = values[i] as number;
  return highest === Number.NEGATIVE_INFINITY ? 0 : highest;
}
