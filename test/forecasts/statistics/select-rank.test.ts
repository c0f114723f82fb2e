import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { medianOf } from '../../../forecasts/statistics/median.ts';
import { quantileOf, quantileOfSorted } from '../../../forecasts/statistics/sample-quantile.ts';
import { selectRank } from '../../../forecasts/statistics/select-rank.ts';

const few = fc.float64Array({ minLength: 1, maxLength: 300, noNaN: true });
const alike = fc
  .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 300 })
  .map(v => Float64Array.from(v));
const numbers = fc.oneof(few, alike);

describe('selecting without sorting gives the same as sorting', () => {
  test('the number of any rank, smaller ones before it and larger ones after it', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, any) => {
        const rank = any % values.length;
        const sorted = values.slice().sort();
        const selected = selectRank(values, rank, { from: 0, to: values.length });
        expect(selected === sorted[rank]).toBe(true);
        expect(values.slice(0, rank).every(value => value <= selected)).toBe(true);
        expect(values.slice(rank).every(value => value >= selected)).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('within a range only', () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i * 37) % 200);
    const first = values.slice(0, 150).sort();
    expect(selectRank(values, 40, { from: 0, to: 150 })).toBe(first[40]);
  });

  test('the quantile of numbers in any order', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, level) => {
        fc.pre(values.every(value => Math.abs(value) < 1e300));
        const expected = quantileOfSorted(values.slice().sort(), level);
        expect(quantileOf(values, level) - expected).toBe(0);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test('the median of any number of values', () => {
    fc.assert(
      fc.property(numbers, values => {
        const sorted = values.slice().sort();
        const middle = values.length >> 1;
        const [a = 0, b = 0] = values.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
        expect(medianOf(values, values.length) === (a + b) / 2).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test.each([
    ['odd', 101, 50],
    ['even', 100, 49.5],
    ['a single one', 1, 0],
  ])('the median of numbers that are %s', (_, count, median) => {
    expect(
      medianOf(
        Float64Array.from({ length: count }, (_v, i) => (i * 7) % count),
        count,
      ),
    ).toBe(median);
  });

  test('NaN as the median of no values', () => {
    expect(medianOf(new Float64Array(3), 0)).toBeNaN();
  });
});
