import { expect, test } from 'vitest';
import { consensusOf } from '../../../forecasts/ensemble/consensus.ts';
import type { EnsembleDesign, Judging } from '../../../forecasts/ensemble/members/ensemble-members.ts';
import type { PointModel } from '../../../forecasts/ensemble/point-model.ts';
import { commonForecast } from '../../../forecasts/ensemble/weights/common-forecast.ts';

const flat = (value: number) => Float64Array.of(value, value);
const nobody: PointModel = { name: 'nobody', fit: () => undefined };
const judging: Judging = {
  hours: 1,
  origins: 1,
  spacingHours: 1,
  recency: 1,
  sharpness: 1,
  gate: 1,
  meanWeight: 1,
  clip: 3,
};
const design: EnsembleDesign = { memberGroups: Array.from({ length: 5 }, () => [nobody]), naives: 1, far: judging };
const weights = { far: Float64Array.of(0, 0, 0, 0, 1), near: Float64Array.of(0, 0, 0, 0, 1), nearSteps: 2 };

test('a group of three members counts as one', () => {
  const { middle } = consensusOf([1, 2, 9, 9, 9].map(flat), [1, 1, 3], 2);
  expect([...middle]).toEqual([2, 2]);
});

test('members that could not be fitted are left out', () => {
  const { middle, spread } = consensusOf([flat(1), undefined, flat(3)], [1, 1, 1], 2);
  expect([...middle]).toEqual([2, 2]);
  expect(spread[0]).toBeCloseTo(1.4826);
});

test('a member far from all others is clipped to three spreads, whatever its weight', () => {
  const forecasts = [9, 10, 10, 11, 1000].map(flat);
  const common = commonForecast(forecasts, design, weights, 2);
  expect(common[0]).toBeCloseTo(10 + 3 * 1.4826);
});

test('with a mean weight of one half, the forecast lies halfway between median and mean', () => {
  const half = { ...design, far: { ...judging, meanWeight: 0.5, clip: Number.POSITIVE_INFINITY } };
  expect(commonForecast([9, 10, 10, 11, 20].map(flat), half, weights, 2)[1]).toBeCloseTo(15);
});

test('without weights it is the median', () => {
  expect(commonForecast([1, 2, 3, 4, 100].map(flat), design, undefined, 2)[0]).toBe(3);
});
