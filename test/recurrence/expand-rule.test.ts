import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandRule } from '../../src/recurrence/expand-rule.ts';
import { madeUpRules, zones } from '../support/recurrence/made-up-rules.ts';
import { rfcExamples } from '../support/recurrence/rfc-5545-examples.ts';
import { dayNumber, oracleStarts, ruleText } from '../support/recurrence/rule-oracle.ts';

const forever = Date.UTC(2100, 0, 1);

function startsOf(startTime: string, rule: string, timeZone = 'America/New_York', until = forever) {
  return expandRule({ startTime, timeZone, recurrence: { rule } }, 0, until);
}

/** Local dates and times, as RFC 5545 lists them. */
function localStarts(startTime: string, rule: string, count: number): readonly string[] {
  return startsOf(startTime, rule, 'America/New_York', Date.UTC(2010, 0, 1))
    .slice(0, count)
    .map(at => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('America/New_York').toPlainDateTime())
    .map(at => at.toString().slice(0, 16));
}

describe('RFC 5545, 3.8.5.3', () => {
  test.each(rfcExamples)('%s: %s', (_title, rule, count, starts) => {
    expect(localStarts('1997-09-02T09:00:00-04:00', rule, count)).toEqual(starts);
  });
});

describe('local times', () => {
  const berlin = (startTime: string, rule: string) =>
    startsOf(startTime, rule, 'Europe/Berlin').map(at => new Date(at).toISOString());

  test('that do not exist are as much later as clocks are put forward, and only that day', () => {
    expect(berlin('2026-03-28T02:30:00+01:00', 'FREQ=DAILY;COUNT=3')).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test('that exist twice are the first of the two, unless startTime is the second', () => {
    expect(berlin('2026-10-24T02:30:00+02:00', 'FREQ=DAILY;COUNT=2')[1]).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin('2026-10-25T02:30:00+01:00', 'FREQ=DAILY;COUNT=2')).toEqual([
      '2026-10-25T01:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  test('of a day that a zone leaves out fall on the next, which counts once', () => {
    const apia = startsOf('2011-12-28T20:00:00-10:00', 'FREQ=DAILY;UNTIL=20120101', 'Pacific/Apia');
    expect(apia.map(at => new Date(at).toISOString().slice(0, 13))).toEqual([
      '2011-12-29T06',
      '2011-12-30T06',
      '2011-12-31T06',
      '2012-01-01T06',
    ]);
  });
});

test('UNTIL as a day is that whole day in the zone, and as an instant that instant', () => {
  const at = '2026-11-30T23:00:00-05:00';
  expect(startsOf(at, 'FREQ=WEEKLY;UNTIL=20261214')).toHaveLength(3);
  expect(startsOf(at, 'FREQ=WEEKLY;UNTIL=20261215T040000Z')).toHaveLength(3);
  expect(startsOf(at, 'FREQ=WEEKLY;UNTIL=20261215T035959Z')).toHaveLength(2);
});

test('a span gives the same starts as the whole series cut to it', () => {
  const whole = startsOf('2020-01-31T18:00:00-05:00', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=200');
  const [from, until] = [whole[40] ?? 0, (whole[60] ?? 0) - 1];
  const spec = { startTime: '2020-01-31T18:00:00-05:00', timeZone: 'America/New_York' };
  const cut = expandRule({ ...spec, recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=200' } }, from, until);
  expect(cut).toEqual(whole.slice(40, 60));
});

describe('work is bounded', () => {
  test.each([
    ['a day that never comes', '2016-12-30T23:00:00Z', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 0],
    ['a year that cannot be written', '9999-12-31T23:00:00Z', 'FREQ=DAILY', 0],
    ['no end since the year 1', '0001-01-01T00:00:00Z', 'FREQ=DAILY', 36],
    ['ten years of every hour', '2016-12-30T00:00:00Z', `FREQ=DAILY;BYHOUR=${[...Array(24).keys()].join()}`, 36 * 24],
  ])('%s', (_title, startTime, rule, count) => {
    const from = Date.UTC(2026, 11, 1);
    const began = performance.now();
    const spec = { startTime, timeZone: 'UTC', recurrence: { rule } };
    expect(expandRule(spec, from, from + 36 * 86_400_000 - 1)).toHaveLength(count);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('a count of more steps than are taken says what to state instead', () => {
    const spec = {
      startTime: '1900-01-01T00:00:00Z',
      timeZone: 'UTC',
      recurrence: { rule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=500' },
    };
    expect(() => expandRule(spec, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toThrow(
      'takes more than 10000 steps from startTime: state a later startTime, or UNTIL in place of COUNT',
    );
  });
});

test('20 years in 30 zones are as an oracle has them that shares no code', () => {
  const [first, last] = [dayNumber(2007, 1, 1), dayNumber(2026, 12, 31)];
  const walls = fc.record({
    day: fc.integer({ min: first, max: last - 700 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.constantFrom(0, 30, 59),
  });
  const until = Date.UTC(2027, 0, 1);
  let made = 0;
  fc.assert(
    fc.property(walls, madeUpRules, ({ day, hour, minute }, rule) => {
      const date = new Date(day * 86_400_000);
      const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute };
      for (const zone of zones) {
        const expected = oracleStarts(wall, zone, rule, until);
        const startTime = new Date(expected[0] ?? 0).toISOString();
        // A first time in a gap cannot be stated: its instant shows another wall time.
        if (wallOf(expected[0] ?? 0, zone) !== `${startTimeOf(wall)}`) continue;
        const found = expandRule({ startTime, timeZone: zone, recurrence: { rule: ruleText(rule) } }, 0, until);
        made += found.length;
        expect(found, `${startTime} ${zone} ${ruleText(rule)}`).toEqual(expected);
      }
    }),
    { seed: 20_261_130, numRuns: 60 },
  );
  expect(made).toBeGreaterThan(100_000);
});

function wallOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16);
}

function startTimeOf({
  year,
  month,
  day,
  hour,
  minute,
}: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
