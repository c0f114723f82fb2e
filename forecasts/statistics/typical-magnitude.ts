import { medianOf } from './median.ts';

/** How many times the usual size counts; what is wilder counts as much as that. */
const mostTimes = 100;
/** The usual size is that of about so many of the values: it need not be exact. */
const mostLooks = 1000;

/** The mean size of the values, signs aside: one wild value among them moves it little. NaN are left out; 0 when all are 0. */
export function typicalMagnitude(values: Float64Array): number {
  const most = mostTimes * usualSize(values);
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

/** The median size of what is not 0; Infinity when only 0 is seen. */
function usualSize(values: Float64Array): number {
  const stride = 2 * Math.floor(values.length / mostLooks / 2) + 1;
  const sizes = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) {
    const size = Math.abs(values[i] as number);
    if (size > 0) sizes[count++] = size;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : medianOf(sizes, count);
}
