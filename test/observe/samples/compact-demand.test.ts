import { expect, test } from 'vitest';
import { decodeDemand, encodeDemand, noDemand } from '../../../src/observe/samples/compact-demand.ts';

const kept = (value: number) => decodeDemand(encodeDemand(value));

test('demand of five significant digits is kept to the digit, whole numbers and fractions alike', () => {
  for (const value of [0, 1, 7, 42, 99_999, 12.345, 0.125, 0.001, 1e5, 1234.5, 99.999, 9.9999e7, 0.000_25])
    expect(kept(value)).toBe(value);
});

test('of any demand at most 0.005 % is lost up to 100 million requests per second, and 0.02 % above', () => {
  for (let exponent = -3; exponent < 8; exponent += 0.0137)
    expect(Math.abs(kept(10 ** exponent) / 10 ** exponent - 1)).toBeLessThanOrEqual(0.000_050_1);
  for (let exponent = 8; exponent < 13; exponent += 0.0137)
    expect(Math.abs(kept(10 ** exponent) / 10 ** exponent - 1)).toBeLessThanOrEqual(0.000_2);
});

test('values between two decades and at both ends stay in order and in 20 bits', () => {
  const values = [0, 1e-9, 9.9994e-4, 9.9996e-4, 1e-3, 9.99994, 9.99996, 10, 99_999.4, 99_999.6, 9.99996e7, 1e8, 1e9];
  const codes = [...values, 1e12, 1e13, 1e120, Number.POSITIVE_INFINITY].map(encodeDemand);
  expect(codes).toEqual(codes.toSorted((a, b) => a - b));
  expect(codes.every(code => Number.isInteger(code) && code > noDemand && code < 2 ** 20)).toBe(true);
});

test('a value that nobody can mean stays one that no forecast believes', () => {
  expect(kept(1e120)).toBeGreaterThan(1e12);
  expect(kept(Number.POSITIVE_INFINITY)).toBeGreaterThan(1e12);
});
