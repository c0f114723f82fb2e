import { expect, test } from 'vitest';
import { withFinerNoise } from '../../../../forecasts/ensemble/weights/finer-noise.ts';
import type { HorizonErrors } from '../../../../forecasts/horizon-errors.ts';

const wide =
  (times: number): HorizonErrors =>
  level =>
  () =>
    times * (level - 0.5);

test('the extra variance of finer steps is added on both sides', () => {
  const errors = withFinerNoise(wide(2), { coarse: wide(1), fine: wide(5) });
  expect(errors(0.95)(0)).toBeCloseTo(Math.sqrt(0.9 ** 2 + 2.25 ** 2 - 0.45 ** 2));
  expect(errors(0.05)(0)).toBeCloseTo(-errors(0.95)(0));
  expect(errors(0.5)(0)).toBeCloseTo(0);
});

test('a smaller variance of finer steps changes nothing', () => {
  expect(withFinerNoise(wide(2), { coarse: wide(3), fine: wide(1) })(0.95)(0)).toBeCloseTo(0.9);
});
