import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import { describeRuleFault, isEndless, untilOf } from '../../../src/api/series/recurrence-rule.ts';
import { flashSale } from '../../support/shop/kinds.ts';

describe('a rule that cannot be followed is told', () => {
  test.each([
    [
      'FREQ=DAILY;COUNT=1000000000',
      'must have a COUNT of 1 to 10000, got 1000000000; leave it out for a rule without an end',
    ],
    ['FREQ=DAILY;COUNT=0', 'must have a COUNT of 1 to 10000, got 0; leave it out for a rule without an end'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20271225', 'must not have both COUNT and UNTIL'],
    [
      'FREQ=DAILY;UNTIL=20270230',
      'must have an UNTIL as 20261225 (the whole day, in timeZone) or 20261225T170000Z (UTC), got 20270230',
    ],
    [
      'FREQ=DAILY;UNTIL=20271225T170000',
      'must have an UNTIL as 20261225 (the whole day, in timeZone) or 20261225T170000Z (UTC), got 20271225T170000',
    ],
    ['FREQ=DAILY;INTERVAL=0', 'must have an INTERVAL of 1 to 1000, got 0'],
    ['FREQ=DAILY;INTERVAL=2;INTERVAL=3', 'must state INTERVAL once'],
    ['FREQ=DAILY;BYSECOND=1', 'must not have BYSECOND: every sale starts at the second of startTime'],
    [
      'FREQ=DAILY;RSCALE=CHINESE',
      'has the part RSCALE, which is not one of FREQ, UNTIL, COUNT, INTERVAL, BYMINUTE, BYHOUR, BYDAY, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH, BYSETPOS, WKST',
    ],
    ['FREQ=DAILY;BYHOUR=24', 'must have numbers of 0 to 23 in BYHOUR, got 24'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'must have numbers of 1 to 31, or as many from the end, in BYMONTHDAY, got 0'],
    ['FREQ=WEEKLY;BYDAY=FRI', 'must have days as FR, 2FR or -1FR in BYDAY, got FRI'],
    ['FREQ=WEEKLY;BYDAY=2FR', 'must have plain days in BYDAY with FREQ=WEEKLY: 2FR and -1FR are of MONTHLY and YEARLY'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=2FR', 'must have plain days in BYDAY beside BYWEEKNO'],
    ['FREQ=MONTHLY;BYWEEKNO=20', 'must not have BYWEEKNO with FREQ=MONTHLY: only with YEARLY'],
    ['FREQ=DAILY;BYYEARDAY=20', 'must not have BYYEARDAY with FREQ=DAILY: only with YEARLY'],
    ['FREQ=WEEKLY;BYMONTHDAY=13', 'must not have BYMONTHDAY with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'must have another BY part for BYSETPOS to select from'],
    ['FREQ=WEEKLY;WKST=1', 'must have a day as MO in WKST, got 1'],
    [
      'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40',
      'gives 25 starts a day by BYHOUR and BYMINUTE; at most 24 are served',
    ],
  ])('%s: %s', (rule, fault) => {
    expect(describeRuleFault(rule)).toBe(fault);
    const sale = flashSale({ recurrence: { rule } });
    expect(() => parseFlashSale(sale)).toThrow(`spec.recurrence.rule: ${fault}`);
  });

  test.each([
    'FREQ=WEEKLY;BYDAY=FR;COUNT=6',
    'FREQ=MONTHLY;BYDAY=-1FR,+2MO;BYHOUR=12,20;UNTIL=20271225T170000Z',
    'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;INTERVAL=2;WKST=SU',
    'FREQ=YEARLY;BYYEARDAY=-1,100;BYWEEKNO=-1,20;BYSETPOS=-1;COUNT=10000',
    'FREQ=DAILY;BYMONTHDAY=13;BYMINUTE=0,30;UNTIL=20280229',
  ])('%s can be followed', rule => {
    expect(describeRuleFault(rule)).toBeUndefined();
  });
});

test.each([
  [
    { rule: 'FREQ=SECONDLY' },
    'spec.recurrence.rule: must begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and go on as ;BYDAY=FR;COUNT=6, got',
  ],
  [{ rule: 'every Friday' }, 'spec.recurrence.rule: must begin with FREQ=DAILY'],
  [
    { rule: 'FREQ=DAILY;UNTIL=20261126' },
    'spec.recurrence.rule: must have an UNTIL after startTime 2026-11-27T20:00:00+01:00, got 20261126',
  ],
  [{ rule: 'FREQ=DAILY', exceptDates: ['9999-13-01'] }, 'spec.recurrence.exceptDates[0]: must be a date as 2026-12-25'],
  [{ rule: 'FREQ=DAILY', exceptDates: hundredThousandDates() }, 'spec.recurrence.exceptDates: must be at most 400'],
])('a FlashSale with a wrong recurrence is told in one sentence: %#', (recurrence, message) => {
  const began = performance.now();
  expect(() => parseFlashSale(flashSale({ recurrence }))).toThrow(message);
  expect(performance.now() - began).toBeLessThan(2000);
});

function hundredThousandDates(): readonly string[] {
  return Array.from({ length: 100_000 }, (_, day) => new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10));
}

test('isEndless and untilOf read the end of a rule', () => {
  expect(isEndless('FREQ=DAILY')).toBe(true);
  expect(isEndless('FREQ=DAILY;COUNT=3')).toBe(false);
  expect(untilOf('FREQ=DAILY;UNTIL=20271225;BYHOUR=1')).toBe('20271225');
  expect(untilOf('FREQ=DAILY')).toBeUndefined();
});
