import { expect, test } from 'vitest';
import { upliftDrift } from '../../../forecasts/events/uplift-drift.ts';

test.each<[string, readonly number[], readonly number[], number]>([
  ['0 without a past sale', [], [], 0],
  ['0 where no past sale has weight', [1], [0], 0],
  ['a seventh of the error of one sale', [0.7], [1], 0.1],
  ['half of the mean error of six sales of equal weight', [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], 0.5],
  ['that of the only sale with weight', [7, 100], [1, 0], 1],
])('the drift is %s', (_, errors, weights, drift) => {
  expect(upliftDrift(errors, Float64Array.from(weights))).toBeCloseTo(drift, 12);
});
