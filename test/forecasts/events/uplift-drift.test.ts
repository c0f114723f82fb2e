import { expect, test } from 'vitest';
import { upliftDrift } from '../../../forecasts/events/uplift-drift.ts';

test.each<[string, readonly (readonly number[])[], readonly number[], number]>([
  ['nothing without a past sale', [], [], 0],
  ['nothing where no past sale counts', [[1, 1]], [0], 0],
  ['a seventh of what one sale showed', [[0.5, 0.9]], [1], 0.1],
  ['half of the mean of six sales alike in weight', [[1], [1], [1], [1], [1], [1]], [1, 1, 1, 1, 1, 1], 0.5],
  ['that of the sale which counts', [[7], [100]], [1, 0], 1],
])('the drift is %s', (_, errors, weights, drift) => {
  const curves = errors.map(error => Float64Array.from(error));
  expect(upliftDrift(curves, Float64Array.from(weights))).toBeCloseTo(drift, 12);
});
