import { expect, test } from 'vitest';
import { tameSpikes } from '../../../../forecasts/events/past/tame-spikes.ts';

test.each([
  ['a smooth curve is unchanged', [1, 1.2, 1.6, 1.2, 1], [1, 1.2, 1.6, 1.2, 1]],
  ['a spike is limited to half a unit above its highest neighbour', [1, 1.2, 20, 1.2, 1], [1, 1.2, 1.7, 1.2, 1]],
  ['a dip is limited to half a unit below its lowest neighbour', [1, 1.2, -20, 1.2, 1], [1, 1.2, 0.5, 1.2, 1]],
  ['two high steps in a row are kept as a rush', [0, 0, 9, 9, 0, 0], [0, 0, 9, 9, 0, 0]],
  ['the step of a jump is kept', [0, 0, 0, 5, 5, 5], [0, 0, 0, 5, 5, 5]],
  ['the last step is compared with those before it', [1, 1, 1, 9], [1, 1, 1, 1.5]],
  ['gaps stay gaps and limit nothing', [1, Number.NaN, 9, Number.NaN, 1], [1, Number.NaN, 1.5, Number.NaN, 1]],
  ['a lone value among gaps is kept', [9, Number.NaN, 1], [9, Number.NaN, 1]],
])('%s', (_, values, tamed) =>
  expect([...tameSpikes(Float64Array.from(values), 0, values.length, 0.5)]).toEqual(tamed),
);

test('uses neighbours outside the requested part', () =>
  expect([...tameSpikes(Float64Array.of(0, 5, 5, 0), 1, 2, 0.5)]).toEqual([5]));
