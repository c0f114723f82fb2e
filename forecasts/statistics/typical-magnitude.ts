import { medianOf } from './median.ts';

/** Multiple of the median magnitude to which each value is limited. */
const mostTimes = 100;
/** Approximate number of values sampled for the median magnitude. */
const mostSampled = 1000;

/** Mean absolute value, robust to outliers; NaN is left out. 0 when all values are 0. */
export function typicalMagnitude(values: Float64Array): number {
  const most = mostTimes * medianMagnitude(values);
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += Math.min(most, Math.abs(value));
    known++;
  }
  return known === 0 ? 0 : sum / known;
}

/** Median absolute value of the values that are not 0; Infinity without any. */
function medianMagnitude(values: Float64Array): number {
  const stride = 2 * Math.floor(values.length / mostSampled / 2) + 1;
  const sizes = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) {
    const size = Math.abs(values[i] as number);
    if (size > 0) sizes[count++] = size;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : medianOf(sizes, count);
}
