import { expect, test } from 'vitest';
import { hourEvidence, type ServedStep } from '../../../src/learn/capacity/hour-evidence.ts';

/** Steps of an hour: rates at which the objective held, and rates at which it did not. */
const hour = (held: readonly number[], broke: readonly number[] = []): readonly ServedStep[] => [
  ...held.map(rate => ({ rate, held: true })),
  ...broke.map(rate => ({ rate, held: false })),
];

test.each([
  ['an ordinary hour shows that its third highest rate is served', hour([10, 12, 20, 21, 22]), { heldAt: 20 }],
  ['one odd step proves nothing', hour([10, 12, 20, 21, 22], [11]), { heldAt: 20 }],
  [
    'an overload shows where the objective breaks',
    hour([10, 20, 25, 28, 30], [31, 33, 36, 40]),
    { heldAt: 30, brokeAt: 31 },
  ],
  [
    'an overload with one step on the wrong side does, too',
    hour([10, 20, 25, 28, 34], [31, 33, 36, 40, 41]),
    { heldAt: 28, brokeAt: 31 },
  ],
  ['an hour of errors at every load shows nothing', hour([10, 20, 30, 40], [11, 21, 31, 41]), undefined],
  ['an hour that broke at low load only shows nothing', hour([30, 35, 40, 41], [5, 6, 7]), undefined],
  ['an hour that was over the objective throughout shows nothing', hour([], [11, 21, 31, 41]), undefined],
  ['an hour that was over the objective but for one step shows nothing', hour([10], [31, 33, 36, 40]), undefined],
  ['an hour with two steps shows nothing', hour([10, 20]), undefined],
  ['an hour without load shows nothing', hour([0, 0, 0, 0]), undefined],
] as const)('%s', (_, steps, expected) => {
  expect(hourEvidence(steps)).toEqual(expected);
});
