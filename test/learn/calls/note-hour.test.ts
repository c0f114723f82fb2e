import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MeasuredRatio } from '../../../src/api/learned/call-ratio.ts';
import { correctRatio } from '../../../src/learn/calls/correct-ratio.ts';
import { noteHour } from '../../../src/learn/calls/note-hour.ts';

const declared = 25;
const after = (shown: readonly number[]) =>
  shown.reduce<MeasuredRatio | undefined>((known, ratio) => noteHour(known, ratio, declared), undefined);
const corrected = (known: MeasuredRatio | undefined) =>
  correctRatio(declared, { ratio: known?.perThousandRequests ?? 0, hours: known?.hours ?? 0 });

test('hours that agree are learned, at most two days of them', () => {
  expect(after([30])).toEqual({ perThousandRequests: 30, hours: 1 });
  expect(after(Array.from({ length: 100 }, () => 30))).toEqual({ perThousandRequests: 30, hours: 48 });
});

test('a ratio far from the declared one is reached in steps', () => {
  const ratios = [1, 4, 12, 48].map(count => corrected(after(Array.from({ length: count }, () => 100))));
  expect(ratios.every((ratio, index) => index === 0 || ratio > (ratios[index - 1] ?? 0))).toBe(true);
  expect(ratios[0]).toBeLessThan(30);
  expect(ratios.at(-1)).toBeGreaterThan(75);
});

test('what changes for good is followed', () => {
  const changed = after([...Array.from({ length: 200 }, () => 25), ...Array.from({ length: 100 }, () => 40)]);
  expect(changed?.perThousandRequests).toBeGreaterThan(36);
});

test.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY])('an hour with a ratio of %s shows nothing', shown => {
  expect(noteHour(undefined, shown, declared)).toBeUndefined();
  const known = { perThousandRequests: 30, hours: 4 };
  expect(noteHour(known, shown, declared)).toBe(known);
});

test('one wild hour among others moves the corrected ratio by less than a fifth', () => {
  const near = fc.double({ min: 20, max: 31, noNaN: true });
  const wild = fc.oneof(
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.double({ min: 1000, max: 1e15, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(near, { maxLength: 60 }), wild, (hours, odd) => {
      const [calm, upset] = [corrected(after(hours)), corrected(after([...hours, odd]))];
      expect(Math.abs(Math.log(upset / calm))).toBeLessThan(Math.log(1.2));
    }),
    { numRuns: 200, seed: 20_261_130 },
  );
});
