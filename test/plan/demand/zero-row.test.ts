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
