import { expect, test } from 'vitest';
import { formatMoney } from '../../../src/api/amounts/money.ts';

test.each([
  [0, '0.00 EUR'],
  [0.04, '0.04 EUR'],
  [0.0004567, '0.000457 EUR'],
  [59.9, '59.90 EUR'],
  [999.99, '999.99 EUR'],
  [8100.4, '8 100 EUR'],
  [-1_234_567, '-1 234 567 EUR'],
  [1e15, '1.00e+15 EUR'],
])('%s is %s', (amount, text) => {
  expect(formatMoney(amount, 'EUR')).toBe(text);
});

test('an amount that is no number is refused', () => {
  expect(() => formatMoney(Number.NaN, 'EUR')).toThrow('an amount is a finite number, got NaN');
});
