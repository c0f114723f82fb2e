import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctRatio } from '../../../src/learn/calls/correct-ratio.ts';

const ratio = fc.double({ min: 1, max: 10_000, noNaN: true });
const hours = fc.integer({ min: 1, max: 47 });
const runs = { numRuns: 200, seed: 20_261_130 };
const distance = (one: number, other: number) => Math.abs(Math.log(one / other));

test.each([
  ['no hour', { ratio: 50, hours: 0 }],
  ['a ratio of nothing', { ratio: 0, hours: 9 }],
  ['one that no number is', { ratio: Number.NaN, hours: 9 }],
  ['one without end', { ratio: Number.POSITIVE_INFINITY, hours: 9 }],
])('without evidence the declared ratio counts: %s', (_, measured) => {
  expect(correctRatio(25, measured)).toBe(25);
});

test('as many hours as the declared ratio weighs meet in the middle', () => {
  expect(correctRatio(25, { ratio: 100, hours: 4 })).toBeCloseTo(50, 6);
});

test('a call that is declared as none stays none', () => {
  expect(correctRatio(0, { ratio: 100, hours: 40 })).toBe(0);
});

test('the corrected ratio lies between both, and nearer to what was measured with each hour', () => {
  fc.assert(
    fc.property(ratio, fc.double({ min: 0.1, max: 10, noNaN: true }), hours, (declared, factor, count) => {
      const measured = declared * factor;
      const [less, more] = [count, count + 1].map(n => correctRatio(declared, { ratio: measured, hours: n }));
      expect(distance(more ?? 0, measured)).toBeLessThanOrEqual(distance(less ?? 0, measured) + 1e-9);
      expect(distance(less ?? 0, measured)).toBeLessThanOrEqual(distance(declared, measured) + 1e-9);
    }),
    runs,
  );
});

test('whatever is measured, it stays within a tenth and ten times of what is declared', () => {
  fc.assert(
    fc.property(ratio, fc.double({ min: 0, max: 1e15, noNaN: true }), hours, (declared, measured, count) => {
      const corrected = correctRatio(declared, { ratio: measured, hours: count });
      expect(distance(corrected, declared)).toBeLessThanOrEqual(Math.log(10) + 1e-9);
    }),
    runs,
  );
});
