import { expect, test } from 'vitest';
import { withoutOutliers } from '../../../forecasts/ensemble/regular-history.ts';

const gap = Number.NaN;

test.each([
  [
    'forgets one, two or three steps beyond the limit',
    [0, 9, 0, 9, -9, 0, 9, 9, 9, 0],
    [0, gap, 0, gap, gap, 0, gap, gap, gap, 0],
  ],
  ['keeps four steps as real demand', [0, 9, 9, 9, 9, 0], [0, 9, 9, 9, 9, 0]],
  ['moves a lone last step closer, the more the further it lies beyond the limit', [0, 0, -8], [0, 0, -2]],
  ['keeps two last steps as a shift', [0, 9, 9], [0, 9, 9]],
  ['keeps values inside the limit', [0, 4, -4, 0], [0, 4, -4, 0]],
])('%s', (_, residuals, kept) => {
  const level = new Float64Array(residuals.length);
  expect([...withoutOutliers(Float64Array.from(residuals), level, 4)]).toEqual(kept);
});
