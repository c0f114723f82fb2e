import { expect, test } from 'vitest';
import { zeroRow } from '../../../src/plan/demand/zero-row.ts';

test('rows are zeros of their own, whatever is written to others and however long they are', () => {
  const lengths = Array.from({ length: 3000 }, (_, nth) => (nth * 37) % 2500);
  const rows = lengths.map((length, nth) => {
    const row = zeroRow(length);
    expect(row.every(value => value === 0)).toBe(true);
    return row.fill(nth + 1);
  });
  expect(rows.map(({ length }) => length)).toEqual(lengths);
  expect(rows.every((row, nth) => row.every(value => value === nth + 1))).toBe(true);
});

test('a length that is no count of steps spoils no row after it', () => {
  expect(zeroRow(Number.NaN)).toHaveLength(0);
  expect(() => zeroRow(-3)).toThrow(RangeError);
  const [one, other] = [zeroRow(5).fill(1), zeroRow(5)];
  expect([...one, ...other]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
});
