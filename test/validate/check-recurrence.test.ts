import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { findFreezes } from '../../src/validate/find-freezes.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';
import { flashSale, scalingPolicy } from '../support/shop/kinds.ts';

function filesOf(recurrence: object): ReadonlyMap<string, string> {
  const sale = flashSale({
    startTime: '2026-11-27T18:00:00+01:00',
    endTime: '2026-11-27T21:00:00+01:00',
    timeZone: 'Europe/Berlin',
    recurrence,
  });
  return new Map([['sale.yaml', stringify(sale)]]);
}

describe('the rule recurrence', () => {
  test.each([
    [{ rule: 'FREQ=WEEKLY;BYDAY=FR', exceptDates: ['2026-12-25'] }, []],
    [
      { rule: 'FREQ=WEEKLY;BYDAY=FR', exceptDates: ['2026-12-04', '2026-12-24'] },
      ['14 warning 2026-12-24 skips nothing: the sale has no date on that day in Europe/Berlin'],
    ],
    [
      { rule: 'FREQ=DAILY;BYHOUR=0,3,6,9,12,15,18,21' },
      ['11 error FREQ=DAILY;BYHOUR=0,3,6,9,12,15,18,21 makes 280 sales in the next 35 days; at most 250 are served'],
    ],
  ])('says of %j', (recurrence, told) => {
    const { findings } = validateManifests(filesOf(recurrence));
    const own = findings.filter(({ code }) => code === 'recurrence');
    expect(own.map(({ line, severity, message }) => `${line} ${severity} ${message}`)).toEqual(told);
  });
});

test('the rule recurrence finds a rule of a calendar that never gives a day', () => {
  const calendar = [
    { name: 'New Year', rule: 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1' },
    { name: 'never', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' },
  ];
  const files = new Map([['policy.yaml', stringify(scalingPolicy({ demandDefaults: { calendar } }))]]);
  const own = validateManifests(files).findings.filter(({ code }) => code === 'recurrence');
  expect(own.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    expect.stringMatching(/^error FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 /),
  ]);
});

describe('a freeze around the dates of a recurring sale', () => {
  const lengths = { beforeSeconds: 3600, afterSeconds: 1800 };
  test.each([
    ['before the first', '2026-11-27T15:59:00Z', undefined],
    ['before a later date', '2026-12-11T16:00:00Z', '2026-12-11T20:30:00.000Z'],
    ['after a later date', '2026-12-11T20:29:59Z', '2026-12-11T20:30:00.000Z'],
    ['between two dates', '2026-12-13T18:00:00Z', undefined],
    ['on a skipped date', '2026-12-25T18:00:00Z', undefined],
  ])('%s', (_title, at, until) => {
    const files = filesOf({ rule: 'FREQ=WEEKLY', exceptDates: ['2026-12-25'] });
    const { freezes } = findFreezes(files, Date.parse(at), lengths);
    expect(freezes.map(({ end }) => new Date(end).toISOString())).toEqual(until === undefined ? [] : [until]);
  });

  test('is uncertain while the rule cannot be followed', () => {
    const { unreadable } = findFreezes(filesOf({ rule: 'FREQ=DAILY;BYHOUR=0,3,6,9,12,15,18,21' }), Date.now(), lengths);
    expect(unreadable.map(({ code }) => code)).toEqual(['recurrence']);
  });
});
