import { expect, test } from 'vitest';
import { fitDayProfile } from '../../../forecasts/profile/day-profile.ts';
import { seededRandom } from '../../support/demand/made-up-demand.ts';

const minuteMs = 60_000;
const stepMs = 5 * minuteMs;
const stepsPerDay = 288;

test('a job every six hours keeps its edges', () => {
  const random = seededRandom(1);
  const runs = (step: number) => (step % 72 < 6 ? 3 : 0);
  const values = Float64Array.from({ length: 7 * stepsPerDay }, (_, step) => runs(step) + 0.1 * random());
  const profile = fitDayProfile({ start: 0, stepMs, values });
  const jumps = [0, 6, 72, 78].map(step => profile.at(step * stepMs) - profile.at((step - 1) * stepMs));
  expect(jumps.map(jump => Math.round(jump))).toEqual([3, -3, 3, -3]);
});

test('a smooth curve is smoothed further, so that the noise of a few days counts little', () => {
  const random = seededRandom(2);
  const curve = (step: number) => Math.sin((2 * Math.PI * step) / stepsPerDay);
  const values = Float64Array.from({ length: 4 * stepsPerDay }, (_, step) => curve(step) + random() - 0.5);
  const profile = fitDayProfile({ start: 0, stepMs, values });
  const errors = Array.from({ length: stepsPerDay }, (_, step) => profile.at(step * stepMs) - curve(step));
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / stepsPerDay);
  expect(rmse).toBeLessThan(0.12);
});
