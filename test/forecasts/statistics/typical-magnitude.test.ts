import { expect, test } from 'vitest';
import { typicalMagnitude } from '../../../forecasts/statistics/typical-magnitude.ts';

test.each([
  ['the mean where nothing is wild', [1, 2, 3], 2],
  ['signs aside', [-1, 2, -3], 2],
  ['without gaps', [1, Number.NaN, 3], 2],
  ['zeros count', [0, 0, 4, 4], 2],
  ['a wild value counts a hundred times the median', [1, 1, 1, 1, 1e12], 104 / 5],
  ['nothing is 0', [], 0],
  ['zeros alone are 0', [0, 0], 0],
])('%s', (_, values, size) => expect(typicalMagnitude(Float64Array.from(values))).toBeCloseTo(size));

test('of a long history it takes few looks at what is usual, and still the mean of all', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, i) => 90 + (i % 21));
  values[1] = 1e15;
  expect(typicalMagnitude(values)).toBeGreaterThan(99);
  expect(typicalMagnitude(values)).toBeLessThan(101);
});
