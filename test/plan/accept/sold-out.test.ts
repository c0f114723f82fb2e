import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stockOfSale } from '../../../src/plan/accept/sold-out.ts';
import { limits } from '../floor/replicas/run-rules.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minuteMs = 60_000;

/** What the stock says after as many minutes as there are samples, the last `unsettled` of which may still rise. */
function stockAfter(values: readonly (number | null)[], { unsettled = 0, age = 0, lateness = 0 } = {}) {
  const now = start + values.length * minuteMs + age * 1000;
  const known = values.filter(value => value !== null);
  const samples = {
    recent: { start, stepSeconds: 60, values },
    historyKey: 'stock',
    source: 'shop',
    ageSeconds: age,
    settledUntil: start + (values.length - unsettled) * minuteMs,
    ...(lateness === 0 ? {} : { latenessSeconds: lateness }),
  };
  const highest = known.length === 0 ? {} : { highest: Math.max(...known) };
  return stockOfSale(
    { sale: 'drop', start },
    { now, limits, stock: [{ sale: 'drop', since: start, ...highest, samples }] },
  );
}

const soldOutAfter = (minutes: number) => ({ soldOutSince: start + minutes * minuteMs });

describe('stockOfSale', () => {
  test.each<[string, ReturnType<typeof stockAfter>, object]>([
    ['is not sold out while there is some', stockAfter([9, 5, 1]), {}],
    ['… nor after one 0', stockAfter([9, 5, 0]), {}],
    ['is sold out after two in a row, since the first', stockAfter([9, 5, 0, 0]), soldOutAfter(3)],
    ['… however long it goes on', stockAfter([9, 0, 0, 0, 0, 0]), soldOutAfter(2)],
    ['two that are not a step apart are not in a row', stockAfter([9, 0, null, 0]), {}],
    ['is not sold out where there never was any', stockAfter([0, 0, 0, 0]), {}],
    ['resumes with more', stockAfter([9, 0, 0, 0, 3]), {}],
    ['… that is not settled yet', stockAfter([9, 0, 0, 0, 3], { unsettled: 1 }), {}],
    ['… and is sold out again', stockAfter([9, 0, 0, 3, 0, 0]), soldOutAfter(5)],
    ['a 0 that is not settled may still rise', stockAfter([9, 0, 0], { unsettled: 1 }), {}],
    ['below 0 is sold out as well', stockAfter([9, -1, -2]), soldOutAfter(2)],
    ['is known up to staleAfterSeconds', stockAfter([9, 0, 0], { age: 300 }), soldOutAfter(2)],
    [
      '… and unknown beyond',
      stockAfter([9, 0, 0], { age: 301 }),
      { unknown: 'its newest sample is more than 300 s old' },
    ],
    [
      '… of a source that is late, by so much more',
      stockAfter([9, 0, 0], { age: 400, lateness: 120 }),
      soldOutAfter(2),
    ],
    ['is unknown without a sample', stockAfter([]), { unknown: 'its newest sample is more than 300 s old' }],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('is that of the sale at its own time', () => {
    const samples = { missing: 'the store is away.' };
    const observation = { now: start, limits, stock: [{ sale: 'drop', since: start, samples }] };
    expect(stockOfSale({ sale: 'drop', start }, observation)).toEqual({ unknown: 'the store is away.' });
    expect(stockOfSale({ sale: 'other', start }, observation)).toEqual({});
    expect(stockOfSale({ sale: 'drop', start: start - 1 }, observation)).toEqual({});
    expect(stockOfSale({ sale: 'drop', start }, { now: start, limits })).toEqual({});
  });

  test('never says sold out while one of the two newest settled samples is above 0', () => {
    const units = fc.oneof(fc.constant(0), fc.constant(null), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(units, { maxLength: 30 }), fc.nat(3), (values, unsettled) => {
        const found = stockAfter(values, { unsettled: Math.min(unsettled, values.length) });
        const settled = values.slice(0, values.length - Math.min(unsettled, values.length));
        const later = values.slice(settled.length);
        const last = settled.findLastIndex(value => value !== null);
        const isOut =
          values.some(value => value !== null && value > 0) &&
          last >= 1 &&
          settled[last] === 0 &&
          settled[last - 1] === 0 &&
          values.length - 1 - last <= 5 &&
          !later.some(value => value !== null && value > 0);
        expect(found.soldOutSince !== undefined).toBe(isOut);
      }),
      { numRuns: 500, seed: 20_261_130 },
    );
  });
});
