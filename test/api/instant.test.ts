import { describe, expect, test } from 'vitest';
import { formatOffset, isInstant, isTimeZone, offsetAgreesWithZone, parseInstant } from '../../src/api/instant.ts';

describe('isInstant', () => {
  test.each([
    ['2026-11-27T20:00:00+01:00', true],
    ['2026-11-27T20:00:00Z', true],
    ['2026-11-27T20:00:00.123456Z', true],
    ['2028-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-04-31T00:00:00+02:00', false],
    ['2026-11-27T20:00:00', false],
    ['2026-11-27t20:00:00z', false],
    ['2026-11-27 20:00:00Z', false],
    ['2026-11-27T24:00:00Z', false],
    ['2026-11-27T23:59:60Z', false],
    ['2026-13-01T00:00:00Z', false],
    ['2026-11-27T20:00:00+25:00', false],
  ])('%s: %s', (text, is) => {
    expect(isInstant(text)).toBe(is);
  });
});

test('parseInstant counts the offset and names what it was given', () => {
  expect(parseInstant('2026-11-27T20:00:00+01:00')).toBe(Date.UTC(2026, 10, 27, 19));
  expect(() => parseInstant('tomorrow')).toThrow('"tomorrow" is no instant');
});

describe('offsetAgreesWithZone', () => {
  test.each([
    ['2026-11-27T20:00:00+01:00', 'Europe/Berlin', true],
    ['2026-11-27T20:00:00+02:00', 'Europe/Berlin', false],
    ['2026-07-27T20:00:00+02:00', 'Europe/Berlin', true],
    ['2026-11-27T20:00:00-05:00', 'America/New_York', true],
    ['2026-11-27T20:00:00+05:30', 'Asia/Kolkata', true],
    ['2026-11-27T20:00:00+05:00', 'Asia/Kolkata', false],
    ['2026-11-27T20:00:00+00:00', 'Europe/London', true],
    ['2026-11-27T19:00:00Z', 'Europe/Berlin', true],
    ['2026-11-27T20:00:00+01:00', 'UTC', true],
  ])('%s in %s: %s', (text, zone, agrees) => {
    expect(offsetAgreesWithZone(text, zone)).toBe(agrees);
  });

  test('takes either offset of the hour that the clock shows twice', () => {
    expect(offsetAgreesWithZone('2026-10-25T02:30:00+02:00', 'Europe/Berlin')).toBe(true);
    expect(offsetAgreesWithZone('2026-10-25T02:30:00+01:00', 'Europe/Berlin')).toBe(true);
  });

  test('refuses either offset in the hour that the clock leaves out', () => {
    expect(offsetAgreesWithZone('2026-03-29T02:30:00+01:00', 'Europe/Berlin')).toBe(false);
    expect(offsetAgreesWithZone('2026-03-29T02:30:00+02:00', 'Europe/Berlin')).toBe(false);
  });
});

test('formatOffset agrees with Temporal all through a year', () => {
  const wrong = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'].flatMap(zone =>
    Array.from({ length: 365 }, (_, day) => Date.UTC(2026, 0, 1 + day, day % 24))
      .filter(
        at => formatOffset(at, zone) !== Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offset,
      )
      .map(at => `${zone} ${at}`),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Europe/Berln', false],
  ['+01:00', false],
  ['', false],
])('isTimeZone %s: %s', (zone, is) => {
  expect(isTimeZone(zone)).toBe(is);
});
