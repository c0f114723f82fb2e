import { medianOf } from './median.ts';

/**
 * Median absolute change from one step to the next, without gaps; 0 where there is no change.
 * `stride`: distance in steps between the changes used. @default 1
 */
export function medianAbsoluteChange(values: Float64Array, stride = 1): number {
  const changes = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let i = 1; i < values.length; i += stride) {
    const change = (values[i] as number) - (values[i - 1] as number);
    if (!Number.isNaN(change)) changes[count++] = Math.abs(change);
  }
  return count === 0 ? 0 : medianOf(changes, count);
}
