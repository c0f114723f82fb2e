import { expect, test } from 'vitest';
import { normalProbability } from '../../src/learn/normal-probability.ts';

// R: pnorm(c(-3, -1.644854, 0, 0.5, 1.959964, 8))
test.each([
  [-3, 0.001349898],
  [-1.644854, 0.05],
  [0, 0.5],
  [0.5, 0.6914625],
  [1.959964, 0.975],
  [8, 1],
])('P(Z ≤ %d) is %d', (z, expected) => {
  expect(normalProbability(z)).toBeCloseTo(expected, 6);
});
