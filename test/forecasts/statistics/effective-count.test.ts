import { expect, test } from 'vitest';
import { effectiveCount } from '../../../forecasts/statistics/effective-count.ts';

test.each([
  ['equal weights count each', [2, 2, 2], 3],
  ['weights of 0 count nothing', [1, 0, 1], 2],
  ['one that outweighs all counts nearly alone', [1000, 1], 1.002],
  ['(Σw)² ÷ Σw² of 1, 2 and 3', [1, 2, 3], 36 / 14],
  ['no weights', [], 0],
])('%s', (_, weights, count) => {
  expect(effectiveCount(Float64Array.from(weights))).toBeCloseTo(count, 5);
});
