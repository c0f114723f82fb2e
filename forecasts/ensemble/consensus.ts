import { medianOf } from '../statistics/median.ts';

/** Where most of the members are, step by step. */
export interface Consensus {
  /** The median over voices. */
  readonly middle: Float64Array;
  /** How far a voice usually is from it: the median distance, scaled to a standard deviation. */
  readonly spread: Float64Array;
}

const toDeviation = 1.4826;

/**
 * The median of what the voices say. `groups` tells how many of `forecasts` share each voice, in order: their own median
 * speaks for them, so that many of one kind do not outvote the rest. Forecasts that are undefined are not heard.
 */
export function consensusOf(
  forecasts: readonly (Float64Array | undefined)[],
  groups: readonly number[],
  steps: number,
): Consensus {
  let next = 0;
  const voices = groups.flatMap(size => {
    const own = forecasts.slice(next, next + size).filter(forecast => forecast !== undefined);
    next += size;
    return own.length > 1 ? [medianAcross(own, steps)] : own;
  });
  const middle = medianAcross(voices, steps);
  const spread = new Float64Array(steps);
  const scratch = new Float64Array(voices.length);
  for (let i = 0; i < steps; i++) {
    for (let v = 0; v < voices.length; v++)
      scratch[v] = Math.abs(((voices[v] as Float64Array)[i] as number) - (middle[i] as number));
    spread[i] = toDeviation * medianOf(scratch, voices.length);
  }
  return { middle, spread };
}

/** The median of several forecasts, step by step. */
export function medianAcross(forecasts: readonly Float64Array[], steps: number): Float64Array {
  const middle = new Float64Array(steps);
  const scratch = new Float64Array(forecasts.length);
  for (let i = 0; i < steps; i++) {
    for (let k = 0; k < forecasts.length; k++) scratch[k] = (forecasts[k] as Float64Array)[i] as number;
    middle[i] = medianOf(scratch, forecasts.length);
  }
  return middle;
}
