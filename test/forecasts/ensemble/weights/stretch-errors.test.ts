import { describe, expect, test } from 'vitest';
import { stretchErrors } from '../../../../forecasts/ensemble/weights/stretch-errors.ts';
import { priorErrors } from '../../../../forecasts/horizon-errors.ts';
import { normalFrom, seededRandom } from '../../../support/demand/made-up-demand.ts';

const hourMs = 3_600_000;
const stepMs = 300_000;
const usual = priorErrors(30);

/** Inner errors with a standard deviation of `spread`. */
function innerErrors(spread: number) {
  const normal = normalFrom(seededRandom(4));
  const farErrors = Array.from({ length: 3 }, () => Float64Array.from({ length: 288 }, () => spread * normal()));
  return { farErrors, stepMs, farthestMs: 48 * hourMs, fadeMs: 6 * hourMs };
}

describe('the errors of an ensemble', () => {
  test.each([
    ['half as large', 0.05],
    ['twice as large', 0.2],
  ])('have a central 90 %% that fits inner errors %s, a third wider for being few', (_, spread) => {
    const errors = stretchErrors(usual, innerErrors(spread));
    const widths = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map(hours =>
      [0.95, 0.05].map(level => errors(level)(hours * hourMs)),
    );
    const mean = widths.reduce((sum, [upper = 0, lower = 0]) => sum + upper - lower, 0) / widths.length;
    expect(mean / (2 * 1.645 * spread)).toBeGreaterThan(1.1);
    expect(mean / (2 * 1.645 * spread)).toBeLessThan(1.6);
  });

  test('are those of level × profile beyond the horizon of the ensemble', () => {
    const errors = stretchErrors(usual, innerErrors(0.5));
    expect(errors(0.95)(60 * hourMs)).toBe(usual(0.95)(60 * hourMs));
  });

  test('ascend with the level at every horizon', () => {
    const errors = stretchErrors(usual, innerErrors(0.05));
    for (const hours of [0.1, 0.5, 1, 2, 5, 30, 50, 70]) {
      const offsets = [0.001, 0.05, 0.5, 0.9, 0.95, 0.999].map(level => errors(level)(hours * hourMs));
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    }
  });
});
