import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallRatio } from '../../../src/api/learned/call-ratio.ts';
import { outsideRatios, saleRatio } from '../../../src/learn/calls/sale-ratio.ts';

const outside = (ordinary: number, hours = 48): CallRatio => ({
  target: 'checkout',
  ordinary: { perThousandRequests: ordinary, hours },
  until: '2026-11-27T12:00:00Z',
});
const ratio = (past: readonly number[], usual?: CallRatio, isNight = false) =>
  saleRatio({ declared: 25, past, outside: usual, isNight });

describe('the ratio by which a sale is passed on', () => {
  test('is the declared one without evidence, to the last digit', () => {
    expect(ratio([])).toEqual({ perThousandRequests: 25, declared: 25, pastSales: 0 });
    expect(saleRatio({ declared: 12_345, past: [], outside: undefined, isNight: false }).perThousandRequests).toBe(
      12_345,
    );
  });

  test('nears what past sales measured, with each of them', () => {
    const ratios = [1, 2, 3, 8].map(count => ratio(Array.from({ length: count }, () => 50)).perThousandRequests);
    expect(ratios).toEqual([31.5, 35.4, 37.9, 43.5]);
  });

  test('follows past sales that had fewer calls', () => {
    expect(ratio([12, 12, 12]).perThousandRequests).toBeLessThan(18);
  });

  test('counts ordinary hours where they show more by a fifth, and never where they show less', () => {
    expect(ratio([], outside(40))).toMatchObject({ perThousandRequests: 38.6, ordinaryHours: 48 });
    expect(ratio([], outside(29)).perThousandRequests).toBe(25);
    expect(ratio([], outside(10))).toEqual({ perThousandRequests: 25, declared: 25, pastSales: 0 });
  });

  test('counts the night for a sale at night, and the day where the night is not known', () => {
    const night = { ...outside(25), night: { perThousandRequests: 60, hours: 48 } };
    expect(ratio([], night, true).perThousandRequests).toBeGreaterThan(50);
    expect(ratio([], night, false).perThousandRequests).toBe(25);
    expect(outsideRatios(25, night)).toEqual([25, ratio([], night, true).perThousandRequests]);
    expect(ratio([], outside(40), true).perThousandRequests).toBe(38.6);
  });

  test('leaves out what no sale has', () => {
    expect(ratio([0, Number.NaN, -5]).perThousandRequests).toBe(25);
  });
});

const near = fc.double({ min: 10, max: 60, noNaN: true });

test('one wild sale moves it by less than a third, however wild', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e15, noNaN: true }), wild => {
      expect(Math.abs(Math.log(ratio([wild]).perThousandRequests / 25))).toBeLessThan(Math.log(4 / 3));
    }),
    { numRuns: 100, seed: 20_261_130 },
  );
});

test('it lies between the declared ratio and the outermost sales, whatever their order', () => {
  fc.assert(
    fc.property(fc.array(near, { minLength: 1, maxLength: 8 }), past => {
      const { perThousandRequests } = ratio(past);
      expect(perThousandRequests).toBeGreaterThanOrEqual(Math.min(25, ...past) * 0.995);
      expect(perThousandRequests).toBeLessThanOrEqual(Math.max(25, ...past) * 1.005);
      expect(ratio(past.toReversed())).toEqual(ratio(past));
    }),
    { numRuns: 200, seed: 20_261_130 },
  );
});
