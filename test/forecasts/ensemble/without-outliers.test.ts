import { expect, test } from 'vitest';
import { withoutOutliers } from '../../../forecasts/ensemble/regular-history.ts';

const gap = Number.NaN;

test.each([
  [
    'forgets one, two or three steps beyond the limit',
    [0, 9, 0, 9, -9, 0, 9, 9, 9, 0],
    [0, gap, 0, gap, gap, 0, gap, gap, gap, 0],
  ],
  ['takes four for what demand does', [0, 9, 9, 9, 9, 0], [0, 9, 9, 9, 9, 0]],
  ['believes a lone last step the less the further it lies beyond the limit', [0, 0, -8], [0, 0, -2]],
  ['takes two last steps for a shift', [0, 9, 9], [0, 9, 9]],
  ['leaves what is inside the limit', [0, 4, -4, 0], [0, 4, -4, 0]],
])('%s', (_, residuals, kept) => {
  const level = new Float64Array(residuals.length);
  expect([...withoutOutliers(Float64Array.from(residuals), level, 4)]).toEqual(kept);
});
