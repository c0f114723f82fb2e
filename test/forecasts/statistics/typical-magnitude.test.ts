import { expect, test } from 'vitest';
import { typicalMagnitude } from '../../../forecasts/statistics/typical-magnitude.ts';

test.each([
  ['the mean without outliers', [1, 2, 3], 2],
  ['of absolute values', [-1, 2, -3], 2],
  ['without gaps', [1, Number.NaN, 3], 2],
  ['zeros count', [0, 0, 4, 4], 2],
  ['an outlier counts a hundred times the median', [1, 1, 1, 1, 1e12], 104 / 5],
  ['0 without values', [], 0],
  ['0 for zeros', [0, 0], 0],
])('%s', (_, values, size) => expect(typicalMagnitude(Float64Array.from(values))).toBeCloseTo(size));

test('samples the median of a long history, but takes the mean of all values', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, i) => 90 + (i % 21));
  values[1] = 1e15;
  expect(typicalMagnitude(values)).toBeGreaterThan(99);
  expect(typicalMagnitude(values)).toBeLessThan(101);
});
