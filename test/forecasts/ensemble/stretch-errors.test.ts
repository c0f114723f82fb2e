import { describe, expect, test } from 'vitest';
import { stretchErrors } from '../../../forecasts/ensemble/stretch-errors.ts';
import { priorErrors } from '../../../forecasts/horizon-errors.ts';
import { normalFrom, seededRandom } from '../../support/made-up-demand.ts';

const hourMs = 3_600_000;
const stepMs = 300_000;
const usual = priorErrors(30);

/** Inner errors of a forecaster that is off by `spread` and always too low by `shift`, `origins` of them. */
function innerErrors(ask: { readonly origins: number; readonly spread: number; readonly shift: number }) {
  const normal = normalFrom(seededRandom(4));
  const trial = (steps: number) => Float64Array.from({ length: steps }, () => ask.shift + ask.spread * normal());
  const nearErrors = Array.from({ length: ask.origins }, () => trial(12));
  const farErrors = Array.from({ length: 3 }, () => trial(288));
  return { nearErrors, farErrors, stepMs, farthestMs: 48 * hourMs, fadeMs: 6 * hourMs };
}

describe('the errors of an ensemble', () => {
  test.each([
    ['half as large', 0.05],
    ['twice as large', 0.2],
  ])('have a central 90 %% that fits inner errors %s', (_, spread) => {
    const errors = stretchErrors(usual, innerErrors({ origins: 24, spread, shift: 0 }));
    const width = errors(0.95)(hourMs) - errors(0.05)(hourMs);
    expect(width / (2 * 1.645 * spread)).toBeGreaterThan(0.85);
    expect(width / (2 * 1.645 * spread)).toBeLessThan(1.35);
  });

  test('lie in the first hour where the forecast lately was, and further on where it usually is', () => {
    const errors = stretchErrors(usual, innerErrors({ origins: 24, spread: 0.05, shift: 0.1 }));
    expect(errors(0.5)(hourMs)).toBeGreaterThan(0.06);
    expect(errors(0.5)(hourMs)).toBeLessThan(0.12);
    expect(errors(0.5)(6 * hourMs)).toBeCloseTo(0, 10);
  });

  test('are only stretched where a few origins could tell no more', () => {
    const errors = stretchErrors(usual, innerErrors({ origins: 5, spread: 0.05, shift: 0.1 }));
    expect(errors(0.5)(hourMs)).toBeCloseTo(0, 10);
  });

  test('are those of level × profile beyond their reach', () => {
    const errors = stretchErrors(usual, innerErrors({ origins: 24, spread: 0.5, shift: 0.1 }));
    expect(errors(0.95)(60 * hourMs)).toBe(usual(0.95)(60 * hourMs));
  });

  test('ascend with the level at every distance', () => {
    const errors = stretchErrors(usual, innerErrors({ origins: 24, spread: 0.05, shift: -0.1 }));
    for (const hours of [0.1, 0.5, 1, 2, 5, 30, 50, 70]) {
      const offsets = [0.001, 0.05, 0.5, 0.9, 0.95, 0.999].map(level => errors(level)(hours * hourMs));
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    }
  });
});
