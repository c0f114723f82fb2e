import { expect, test } from 'vitest';
import { fillCircle } from '../../../forecasts/profile/fill-circle.ts';

const gap = Number.NaN;

test.each([
  ['nothing is missing', [1, 2, 3], [1, 2, 3]],
  ['a line between neighbours', [0, gap, gap, 3], [0, 1, 2, 3]],
  ['a line over midnight', [2, 1, gap, gap], [2, 1, 1 + 1 / 3, 1 + 2 / 3]],
  ['the one value that is known', [gap, 7, gap], [7, 7, 7]],
  ['0 where nothing is known', [gap, gap], [0, 0]],
])('gaps around the clock become %s', (_, values, filled) => {
  expect([...fillCircle(Float64Array.from(values))]).toEqual(filled);
});
