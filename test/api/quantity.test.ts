import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatQuantity, parseQuantity } from '../../src/api/quantity.ts';

describe('parseQuantity', () => {
  test.each([
    ['45', 45],
    ['4.5', 4.5],
    ['4500m', 4.5],
    ['.5', 0.5],
    ['2k', 2000],
    ['1Ki', 1024],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['-3', -3],
    ['250u', 0.00025],
  ])('reads %s as %d', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 12);
  });

  test.each(['', 'k', '1 k', '1kk', '1K', '0x1', 'NaN', 'Infinity', '1e', '--1', '1,5'])('refuses "%s"', text => {
    expect(() => parseQuantity(text)).toThrow(RangeError);
  });
});

describe('formatQuantity', () => {
  test.each([
    [812.4567, '812.5'],
    [0.012345, '0.01235'],
    [123456.7, '123457'],
    [0, '0'],
    [1e-9, '0'],
    [-12.5, '-12.5'],
  ])('writes %d as %s', (value, text) => {
    expect(formatQuantity(value)).toBe(text);
  });

  test('is read back within a thousandth, for numbers of any traffic', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e12, noNaN: true }), value => {
        expect(Math.abs(parseQuantity(formatQuantity(value)) / value - 1)).toBeLessThan(1e-3);
      }),
      { seed: 7 },
    );
  });

  test('refuses what is no number', () => {
    expect(() => formatQuantity(Number.NaN)).toThrow('a quantity is a finite number, got NaN');
  });
});
