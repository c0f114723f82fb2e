import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resample, type Series } from '../../../forecasts/index.ts';

const noon = Date.UTC(2026, 10, 27, 12);

describe('six minutes in steps of two', () => {
  const series = minutes([1, 3, 5, null, null, null]);

  test.each([
    ['mean', [2, 5, null]],
    ['sum', [4, 10, null]],
    ['max', [3, 5, null]],
  ] as const)('by %s: half a step is enough, and a sum is scaled up to the whole step', (by, values) => {
    expect(resample(series, { stepSeconds: 120, by })).toEqual({ start: noon, stepSeconds: 120, values });
  });
});

test('steps are aligned to the clock, and partly covered ones are cut off', () => {
  const series = minutes([9, 9, 1, 2, 3, 4, 5, 9, 9], noon + 3 * 60_000);
  expect(resample(series, { stepSeconds: 300, by: 'max' })).toEqual({
    start: noon + 300_000,
    stepSeconds: 300,
    values: [5],
  });
});

test('too short for a single step gives an empty series', () => {
  expect(resample(minutes([1, 2]), { stepSeconds: 3600, by: 'sum' }).values).toEqual([]);
});

test('the same step gives the series itself, with gaps for values that are not numbers', () => {
  const series = minutes([1, null, Number.NaN, -3]);
  expect(resample(series, { stepSeconds: 60, by: 'mean' }).values).toEqual([1, null, null, -3]);
});

test.each([30, 90, 0, Number.NaN])('refuses %s seconds', stepSeconds => {
  expect(() => resample(minutes([1, 2, 3]), { stepSeconds, by: 'mean' })).toThrow(
    /stepSeconds must be a whole multiple of the series' 60, got/,
  );
});

describe('for all series', () => {
  const values = fc.array(fc.oneof(fc.constant(null), fc.double({ noNaN: true, min: -1e6, max: 1e9 })), {
    maxLength: 300,
  });
  const grid = fc.record({ values, offset: fc.nat(1000), per: fc.constantFrom(1, 2, 5, 60) });
  const seeded = { seed: 11, numRuns: 200 };

  test('no mean lies outside its samples, and the maximum is one of them', () => {
    fc.assert(
      fc.property(grid, ({ values, offset, per }) => {
        const series = minutes(values, noon + offset * 60_000);
        const mean = resample(series, { stepSeconds: 60 * per, by: 'mean' });
        const max = resample(series, { stepSeconds: 60 * per, by: 'max' });
        expect(mean.start % (60_000 * per)).toBe(0);
        for (const [i, value] of mean.values.entries()) {
          const first = (mean.start - series.start) / 60_000 + i * per;
          const inside = values.slice(first, first + per).filter(v => v !== null);
          expect(value === null).toBe(inside.length < per / 2);
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(Math.min(...inside) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(...inside) + 1e-6);
          expect(max.values[i]).toBe(Math.max(...inside));
        }
      }),
      seeded,
    );
  });

  test('a constant stays what it is, and its sum grows with the step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 120, max: 400 }), (constant, length) => {
        const series = minutes(new Array<number>(length).fill(constant));
        expect(new Set(resample(series, { stepSeconds: 3600, by: 'mean' }).values)).toEqual(new Set([constant]));
        expect(new Set(resample(series, { stepSeconds: 3600, by: 'sum' }).values)).toEqual(new Set([60 * constant]));
      }),
      seeded,
    );
  });
});

function minutes(values: readonly (number | null)[], start = noon): Series {
  return { start, stepSeconds: 60, values };
}
