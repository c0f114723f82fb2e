import { describe, expect, test } from 'vitest';
import { type FirstHourErrors, withFirstHourErrors } from '../../../../forecasts/ensemble/weights/first-hour-errors.ts';
import type { HorizonErrors } from '../../../../forecasts/horizon-errors.ts';
import { hourMs, minuteMs, normalFrom, seededRandom } from '../../../support/demand/made-up-demand.ts';

const stepMs = 300_000;
const ofOne: HorizonErrors = level => () => level - 0.5;

describe('the quantiles of the first hour', () => {
  test.each([
    [0.05, -1.645],
    [0.5, 0],
    [0.95, 1.645],
  ])('are those of the errors themselves: P%f of normal ones is at %f', (level, expected) => {
    const offset = withFirstHourErrors(ofOne, near(normalTrials(71)))(level)(30 * minuteMs);
    expect(Math.abs(offset - expected)).toBeLessThan(0.35);
  });

  test('widen within hours of errors that grew', () => {
    const calm = normalTrials(71);
    const updated = calm.map((trial, hour) => (hour < 6 ? trial.map(error => 4 * error) : trial));
    const p95 = (trials: readonly Float64Array[]) => withFirstHourErrors(ofOne, near(trials))(0.95)(hourMs);
    expect(p95(updated)).toBeGreaterThan(2 * p95(calm));
  });

  test('leave out unmeasured steps, and are unchanged with too few errors', () => {
    const gaps = normalTrials(71).map((trial, hour) => (hour % 2 === 0 ? trial : trial.map(() => Number.NaN)));
    expect(withFirstHourErrors(ofOne, near(gaps))(0.9)(hourMs)).toBeGreaterThan(0.8);
    expect(withFirstHourErrors(ofOne, near(normalTrials(2)))(0.9)(5 * minuteMs)).toBeCloseTo(0.4);
  });

  test('fade to those of the whole horizon within the next two hours', () => {
    const errors = withFirstHourErrors(ofOne, near(normalTrials(71)))(0.95);
    expect(errors(3 * hourMs)).toBeCloseTo(0.45);
    expect(errors(2 * hourMs)).toBeCloseTo((errors(hourMs) + 0.45) / 2);
  });
});

function near(trials: readonly Float64Array[]): FirstHourErrors {
  return { trials, stepMs };
}

function normalTrials(count: number): readonly Float64Array[] {
  const normal = normalFrom(seededRandom(5));
  return Array.from({ length: count }, () => Float64Array.from({ length: 12 }, normal));
}
