import { describe, expect, test } from 'vitest';
import { calendarFaults, proposableClocks, shopClock } from '../../src/recurrence/shop-clock.ts';

const years = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2027, 5, 1) };

function daysOf(calendar: readonly { name: string; date?: string; rule?: string }[]): readonly string[] {
  const { holidays = [] } = shopClock({ calendar }, years) ?? {};
  return holidays.map(({ name, day }) => `${name} ${new Date(day * 86_400_000).toISOString().slice(0, 10)}`);
}

describe('the clock of a shop', () => {
  test('is none where nothing is stated, and UTC with a calendar alone', () => {
    expect(shopClock({}, years)).toBeUndefined();
    const { timeZone, offsets } = shopClock({ calendar: [{ name: 'Boxing Day', date: '2026-12-26' }] }, years) ?? {};
    expect({ timeZone, offsets }).toEqual({ timeZone: 'UTC', offsets: [] });
  });

  test('has the days of dates and rules, in the years of the span', () => {
    expect(
      daysOf([
        { name: 'Easter Monday', date: '2027-03-29' },
        { name: 'Christmas', rule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,26' },
        { name: 'Thanksgiving', rule: 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH' },
      ]),
    ).toEqual([
      'Easter Monday 2027-03-29',
      'Christmas 2026-12-25',
      'Christmas 2026-12-26',
      'Christmas 2027-12-25',
      'Christmas 2027-12-26',
      'Thanksgiving 2026-11-26',
      'Thanksgiving 2027-11-25',
    ]);
  });

  test('has no day that only began the count', () => {
    const early = { from: Date.UTC(2000, 0, 1), until: Date.UTC(2000, 11, 31) };
    const { holidays } =
      shopClock({ calendar: [{ name: 'May', rule: 'FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1' }] }, early) ?? {};
    expect(holidays?.map(({ day }) => new Date(day * 86_400_000).getUTCMonth())).toEqual([4]);
  });

  test('has no day of a rule that cannot be followed, and says why', () => {
    const never = [{ name: 'never', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }];
    expect(daysOf(never)).toEqual([]);
    const [fault] = calendarFaults([{ name: 'New Year', date: '2027-01-01' }, ...never], years);
    expect(fault).toMatchObject({ index: 1, message: expect.stringMatching(/^FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 /) });
  });
});

test('the clocks to propose change by four rules', () => {
  const clocks = proposableClocks({ from: Date.UTC(2026, 0), until: Date.UTC(2026, 11) });
  expect(new Set(clocks.map(({ offsets }) => offsets.map(({ from }) => from).join(' '))).size).toBe(4);
  expect(clocks.map(({ offsets }) => offsets.length)).toEqual([3, 3, 3, 3]);
});
