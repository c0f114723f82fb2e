import { medianOf } from '../statistics/median.ts';

/** Median and spread of the members' forecasts, per step. */
export interface Consensus {
  /** Median over the member groups, one value per step. */
  readonly middle: Float64Array;
  /** Median distance of the groups from `middle`, times 1.4826 (a robust standard deviation), one value per step. */
  readonly spread: Float64Array;
}

/** Factor from a median absolute deviation to the standard deviation of a normal distribution. */
const toDeviation = 1.4826;

/**
 * Median and spread of member forecasts by group. `groups` holds the size of each group, in the order of `forecasts`; a
 * group counts as one forecast, its own median, so that a large group does not outvote the others. Undefined forecasts
 * are left out.
 */
export function consensusOf(
  forecasts: readonly (Float64Array | undefined)[],
  groups: readonly number[],
  steps: number,
): Consensus {
  let next = 0;
  const groupForecasts = groups.flatMap(size => {
    const members = forecasts.slice(next, next + size).filter(forecast => forecast !== undefined);
    next += size;
    return members.length > 1 ? [medianAcross(members, steps)] : members;
  });
  const middle = medianAcross(groupForecasts, steps);
  const spread = new Float64Array(steps);
  const scratch = new Float64Array(groupForecasts.length);
  for (let i = 0; i < steps; i++) {
    for (let g = 0; g < groupForecasts.length; g++)
      scratch[g] = Math.abs(((groupForecasts[g] as Float64Array)[i] as number) - (middle[i] as number));
    spread[i] = toDeviation * medianOf(scratch, groupForecasts.length);
  }
  return { middle, spread };
}

/** The median of several forecasts, one value per step. */
export function medianAcross(forecasts: readonly Float64Array[], steps: number): Float64Array {
  const middle = new Float64Array(steps);
  const scratch = new Float64Array(forecasts.length);
  for (let i = 0; i < steps; i++) {
    for (let k = 0; k < forecasts.length; k++) scratch[k] = (forecasts[k] as Float64Array)[i] as number;
    middle[i] = medianOf(scratch, forecasts.length);
  }
  return middle;
}
