import { expect, test } from 'vitest';
import { formatPossibleSales } from '../../../src/cli/output/format-possible-sales.ts';

const sale = (month: number, day: number, hours = 3, peakRatio = 5.23) => {
  const start = Date.UTC(2026, month, day, 18);
  return { start, end: start + hours * 3_600_000, peakRatio };
};

test('formatPossibleSales asks once for all sales at one time of day', () => {
  expect(formatPossibleSales([sale(10, 6), sale(10, 20), sale(11, 4), sale(10, 27, 30, 3)])).toEqual([
    '6 and 20 November 2026 and 4 December 2026, 18:00–21:00 UTC: up to 5.2 times the usual demand: sales? Add them to the sales and the forecast learns',
    '27 November 2026, 18:00–00:00 1 day later UTC: up to 3 times the usual demand: a sale? Add it to the sales and the forecast learns',
  ]);
  expect(formatPossibleSales([sale(10, 6)], 'Europe/Berlin')[0]).toMatch(
    /^6 November 2026, 19:00–22:00 Europe\/Berlin: /,
  );
});

test('formatPossibleSales names twelve at most, the highest', () => {
  const many = Array.from({ length: 15 }, (_, i) => sale(10, i + 1, 3, 3 + i));
  const [first, rest] = formatPossibleSales(many);
  expect(first).toMatch(/^4, 5, .* and 15 November 2026/);
  expect(rest).toBe('3 more times of unusual demand, all of them lower');
  expect(formatPossibleSales([])).toEqual([]);
});
