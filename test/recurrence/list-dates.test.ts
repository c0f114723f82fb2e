import { describe, expect, test } from 'vitest';
import { parseFlashSale } from '../../src/api/flash-sale.ts';
import { lengthMs } from '../../src/api/series/recurring-sale.ts';
import { datesWithin, listDates } from '../../src/recurrence/list-dates.ts';
import { isRecurring } from '../../src/recurrence/series-dates.ts';
import { flashSale } from '../support/shop/kinds.ts';

const now = Date.parse('2026-12-02T09:00:00Z');
const dayMs = 86_400_000;

function series(rule: string, spec: object = {}) {
  const { startTime = '2026-11-27T18:00:00+01:00', exceptDates = [], ...rest }: Record<string, unknown> = { ...spec };
  const hours = Date.parse(String(startTime)) + 2 * 3_600_000;
  const parsed = parseFlashSale(
    flashSale({
      startTime,
      endTime: new Date(hours).toISOString(),
      timeZone: 'Europe/Berlin',
      recurrence: { rule, exceptDates },
      ...rest,
    }),
  ).spec;
  if (!isRecurring(parsed)) throw new Error('it does not recur');
  return parsed;
}

const days = (starts: readonly number[]) => starts.map(start => new Date(start).toISOString().slice(0, 10));

describe('the dates of a series near now', () => {
  test('go from one history ago to 35 days ahead, without those that are skipped', () => {
    const spec = series('FREQ=WEEKLY', { startTime: '2026-10-30T18:00:00+01:00', exceptDates: ['2026-12-25'] });
    const { starts, skipped, later } = listDates(spec, { now, historyDays: 14 });
    expect(days(starts)).toEqual(['2026-11-20', '2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18', '2027-01-01']);
    expect(days(skipped)).toEqual(['2026-12-25']);
    expect(days([later ?? 0])).toEqual(['2027-01-08']);
  });

  test('come into view when 35 days are left, to the millisecond', () => {
    const spec = series('FREQ=YEARLY');
    const start = Date.parse('2027-11-27T17:00:00Z');
    expect(listDates(spec, { now: start - 35 * dayMs - 1, historyDays: 1 }).starts).toEqual([]);
    expect(listDates(spec, { now: start - 35 * dayMs - 1, historyDays: 1 }).later).toBe(start);
    expect(listDates(spec, { now: start - 35 * dayMs, historyDays: 1 }).starts).toEqual([start]);
  });

  test('hold the one that runs, however short the history is', () => {
    const spec = series('FREQ=YEARLY', { endTime: '2026-12-17T18:00:00+01:00' });
    expect(lengthMs(spec)).toBe(20 * dayMs);
    expect(days(listDates(spec, { now, historyDays: 1 }).starts)).toEqual(['2026-11-27']);
  });

  test('are the same whether a day is asked for once or at each tick', () => {
    const spec = series('FREQ=DAILY;BYHOUR=1,18', { exceptDates: ['2026-12-03', '2027-01-03'] });
    for (let at = now; at < now + 3 * dayMs; at += 3_700_000) {
      const { starts, skipped } = listDates(spec, { now: at, historyDays: 3 });
      expect({ starts, skipped }).toEqual(datesWithin(structuredClone(spec), at - 3 * dayMs, at + 35 * dayMs));
    }
  });

  test('tell the next one beyond a year of none, and no next one after the last', () => {
    expect(
      days([listDates(series('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), { now, historyDays: 1 }).later ?? 0]),
    ).toEqual(['2028-02-29']);
    expect(listDates(series('FREQ=WEEKLY;COUNT=2'), { now, historyDays: 1 }).later).toBeUndefined();
  });

  test.each([
    ['FREQ=DAILY;BYHOUR=0,3,6,9,12,15,18,21', 'makes 280 sales in the next 35 days; at most 250 are served'],
    [
      'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=500',
      'takes more than 10000 steps from startTime: state a later startTime, or UNTIL in place of COUNT',
    ],
  ])('are none of %s, which is told', (rule, fault) => {
    const spec = series(rule, { startTime: '1950-01-01T18:00:00+01:00' });
    expect(listDates(spec, { now, historyDays: 28 })).toEqual({ starts: [], skipped: [], fault });
  });
});

test('ten years of weekly dates cost what the window in view does', () => {
  const costOf = (years: number) => {
    const startTime = `${2026 - years}-11-27T18:00:00+01:00`;
    const specs = Array.from({ length: 60 }, () => series('FREQ=WEEKLY;BYDAY=FR', { startTime }));
    const began = performance.now();
    for (const spec of specs) listDates(spec, { now, historyDays: 28 });
    return performance.now() - began;
  };
  costOf(1);
  const [one, ten] = [costOf(1), costOf(10)];
  expect(ten).toBeLessThan(3 * one + 20);
});
