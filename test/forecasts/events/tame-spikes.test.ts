import { expect, test } from 'vitest';
import { tameSpikes } from '../../../forecasts/events/tame-spikes.ts';

test.each([
  ['a calm curve stays', [1, 1.2, 1.6, 1.2, 1], [1, 1.2, 1.6, 1.2, 1]],
  ['a spike counts half a unit above the highest beside it', [1, 1.2, 20, 1.2, 1], [1, 1.2, 1.7, 1.2, 1]],
  ['a dip counts half a unit below the lowest beside it', [1, 1.2, -20, 1.2, 1], [1, 1.2, 0.5, 1.2, 1]],
  ['two high steps in a row stay: that is a rush', [0, 0, 9, 9, 0, 0], [0, 0, 9, 9, 0, 0]],
  ['the step of a jump stays', [0, 0, 0, 5, 5, 5], [0, 0, 0, 5, 5, 5]],
  ['the last step is held against those before it', [1, 1, 1, 9], [1, 1, 1, 1.5]],
  ['gaps stay gaps and hold nothing', [1, Number.NaN, 9, Number.NaN, 1], [1, Number.NaN, 1.5, Number.NaN, 1]],
  ['values that stand alone among gaps stay', [9, Number.NaN, 1], [9, Number.NaN, 1]],
])('%s', (_, values, tamed) =>
  expect([...tameSpikes(Float64Array.from(values), 0, values.length, 0.5)]).toEqual(tamed),
);

test('looks beyond the part that is asked for', () =>
  expect([...tameSpikes(Float64Array.of(0, 5, 5, 0), 1, 2, 0.5)]).toEqual([5]));
