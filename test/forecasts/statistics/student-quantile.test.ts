import { expect, test } from 'vitest';
import { studentQuantile } from '../../../forecasts/statistics/student-quantile.ts';

// Critical values of Student's t, NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2 (three decimals).
test.each([
  [1, 0.9, 3.078],
  [1, 0.95, 6.314],
  [2, 0.95, 2.92],
  [3, 0.99, 4.541],
  [4, 0.975, 2.776],
  [5, 0.999, 5.893],
  [10, 0.95, 1.812],
  [30, 0.975, 2.042],
  [100, 0.99, 2.364],
])('t with %d degrees of freedom at %d is %d', (degrees, level, expected) => {
  expect(studentQuantile(level, degrees)).toBeCloseTo(expected, 2);
  expect(Math.abs(studentQuantile(level, degrees) - expected)).toBeLessThan(0.0006);
  expect(studentQuantile(1 - level, degrees)).toBeCloseTo(-studentQuantile(level, degrees), 9);
});

test('degrees of freedom need not be whole', () => {
  const between = studentQuantile(0.95, 4.5);
  expect(between).toBeLessThan(studentQuantile(0.95, 4));
  expect(between).toBeGreaterThan(studentQuantile(0.95, 5));
});
