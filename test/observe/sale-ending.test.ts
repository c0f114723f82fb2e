import { describe, expect, test } from 'vitest';
import { readSaleEnding } from '../../src/observe/sale-ending.ts';

const start = '2026-11-27T20:00:00+01:00';
const end = '2026-11-27T22:00:00+01:00';
const atEnd = Date.parse(end);
const none = { isCancelled: false };

describe('what a FlashSale says of its end', () => {
  test.each([
    ['its end', { startTime: start, endTime: end }, { ...none, end: atEnd }],
    ['an end in its zone', { endTime: end, timeZone: 'Europe/Berlin' }, { ...none, end: atEnd }],
    ['an end in a zone that does not exist', { endTime: end, timeZone: 'Europe/Berln' }, { ...none, end: atEnd }],
    ['an end beside a start that is none', { startTime: 'soon', endTime: end }, { ...none, end: atEnd }],
    ['an end before the start, which is a slip', { startTime: end, endTime: start }, none],
    ['an end whose offset is not that of its zone', { endTime: end, timeZone: 'America/New_York' }, none],
    ['an end that is no instant', { startTime: start, endTime: '2026-11-31T22:00:00Z' }, none],
    ['cancelled', { cancelled: true, expectedPeakPercent: 'eight times' }, { isCancelled: true }],
    ['cancelled as a word, which is a slip', { cancelled: 'true' }, none],
    ['nothing', {}, none],
    ['no spec', undefined, none],
    ['a spec that is none', 7, none],
  ])('%s', (_what, spec, expected) => {
    expect(readSaleEnding({ metadata: { name: 'drop' }, spec })).toEqual(expected);
  });

  test('that its deletion was asked for', () => {
    const metadata = { name: 'drop', deletionTimestamp: '2026-11-27T19:18:00Z' };
    expect(readSaleEnding({ metadata })).toEqual({ ...none, deletedAt: Date.parse('2026-11-27T19:18:00Z') });
  });

  test.each([[undefined], [null], [7], ['drop']])('nothing when it is %s', value => {
    expect(readSaleEnding(value)).toEqual(none);
  });
});
