import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Curve } from '../../../src/plan/demand/curve.ts';
import { forecastLevels, medianLevel } from '../../../src/plan/demand/levels.ts';
import { sumCurves, sumLevel, valueAt } from '../../../src/plan/demand/sum-curves.ts';

/** Three equal levels of one row. */
const curve = (start: number, stepSeconds: number, row: readonly number[]): Curve => ({
  start: start * 1000,
  stepSeconds,
  steps: row.length,
  rows: [row, row, row],
});
const first = ({ rows: [row = []] }: Curve) => Array.from(row);

describe('sumCurves', () => {
  const minute = curve(0, 60, [1, 2, 3, 4]);

  test.each([
    ['adds what lies on the same steps', curve(0, 60, [10, 20, 30, 40]), [11, 22, 33, 44]],
    ['adds 0 where the other does not reach', curve(60, 60, [10, 20]), [1, 12, 23, 4]],
    ['gives each fine step the coarse one around it', curve(0, 120, [10, 20]), [11, 12, 23, 24]],
    ['gives each coarse step the highest fine one in it', curve(0, 30, [1, 9, 5, 2, 0, 0, 7, 8]), [10, 7, 3, 12]],
    ['takes the higher of two steps that it touches', curve(30, 60, [10, 20, 5, 5]), [11, 22, 23, 9]],
  ])('%s', (_, other, sum) => {
    expect(first(sumCurves(minute, [{ curve: minute }, { curve: other }]))).toEqual(sum);
  });

  test('multiplies a part by its ratio', () => {
    expect(first(sumCurves(minute, [{ curve: minute, ratio: 0.5 }]))).toEqual([0.5, 1, 1.5, 2]);
  });
});

/** Two curves, on steps of their own, and what a caller passes on of the second. */
const passedOn = fc.record({
  base: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
  extra: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
  minutes: fc.integer({ min: -3, max: 3 }),
  stepSeconds: fc.constantFrom(30, 60, 120),
  calls: fc.double({ min: 0, max: 5, noNaN: true }),
  ratio: fc.double({ min: 0, max: 5, noNaN: true }),
});

test('a sum of sums has the same bits whether or not the inner one was made before', () => {
  fc.assert(
    fc.property(passedOn, ({ base, extra, minutes, stepSeconds, calls, ratio }) => {
      const ordinary = curve(0, 60, base);
      const inner = () => sumCurves(ordinary, [{ curve: curve(minutes * 60, stepSeconds, extra), ratio: calls }]);
      const outer = (added: Curve) => sumCurves(ordinary, [{ curve: ordinary }, { curve: added, ratio }]);
      const made = inner();
      expect(made.rows).toHaveLength(forecastLevels.length);
      expect(outer(inner()).rows).toEqual(outer(made).rows);
      expect(sumLevel(ordinary, [{ curve: inner(), level: medianLevel }])).toEqual(made.rows[0]);
    }),
  );
});

test('valueAt is the value of the step, whether or not the sum was made', () => {
  fc.assert(
    fc.property(passedOn, fc.integer({ min: -120_000, max: 1_500_000 }), (given, at) => {
      const { base, extra, minutes, stepSeconds, calls } = given;
      const part = { curve: curve(minutes * 60, stepSeconds, extra), ratio: calls };
      const sum = sumCurves(curve(0, 60, base), [part]);
      const before = valueAt(sum, medianLevel, at);
      const step = Math.min(base.length, Math.max(0, Math.floor(at / 60_000)));
      expect(before).toBe(Array.from(sum.rows[0] ?? [])[step] ?? 0);
      expect(valueAt(sum, medianLevel, at)).toBe(before);
    }),
  );
});
