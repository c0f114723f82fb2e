import { expect, test } from 'vitest';
import { weighMembers } from '../../../../forecasts/ensemble/weights/weigh-members.ts';

const trial = (error: number, isNaive = false) => ({ isNaive, forecasts: [Float64Array.of(10 + error, 10 - error)] });
const weighing = { actuals: [Float64Array.of(10, 10)], steps: 2, recency: 1, sharpness: 4, gate: 1 };

test.each([
  ['equals share', [trial(1, true), trial(1)], [0.5, 0.5]],
  ['twice the error counts e⁻⁴ as much', [trial(2, true), trial(1)], [0.018, 0.982]],
  ['a member worse than the naive one gets no weight', [trial(1, true), trial(1.1)], [1, 0]],
  ['a perfect member gets all weight', [trial(1, true), trial(0)], [0, 1]],
  ['members that are not finite get no weight', [trial(1, true), trial(Number.NaN), trial(Infinity)], [1, 0, 0]],
  ['without a finite forecast the naive member remains', [trial(Number.NaN, true), trial(Number.NaN)], [1, 0]],
] as const)('%s', (_, trials, expected) => {
  const weights = weighMembers(trials, weighing);
  expect(weights.length).toBe(expected.length);
  weights.forEach((weight, m) => {
    expect(weight).toBeCloseTo(expected[m] ?? 0, 3);
  });
});

test('newer origins count more where recency is below 1', () => {
  const trials = [
    { isNaive: true, forecasts: [Float64Array.of(11), Float64Array.of(12)] },
    { isNaive: false, forecasts: [Float64Array.of(12), Float64Array.of(11)] },
  ];
  const input = { actuals: [Float64Array.of(10), Float64Array.of(10)], steps: 1, sharpness: 4, gate: 2 };
  const [naive = 0, other = 0] = weighMembers(trials, { ...input, recency: 0.5 });
  expect(naive).toBeGreaterThan(other);
});
