import { describe, expect, test } from 'vitest';
import { localClock, localDay, utcClock } from '../../../forecasts/clock/local-clock.ts';
import { checkClock } from '../../../forecasts/clock/shop-clock.ts';
import { berlinClock, fallBack, springForward } from '../../support/demand/berlin-shop.ts';

const hourMs = 3_600_000;

describe('a clock by a table', () => {
  test('has each offset from its instant on, in any order of questions', () => {
    const clock = localClock(berlinClock);
    const times = [fallBack, springForward - 1, springForward, fallBack - 1, 0, Date.UTC(2030, 0)];
    expect(times.map(time => clock.offsetAt(time) / hourMs)).toEqual([1, 1, 2, 2, 1, 1]);
    expect(clock.nextChange(springForward - 1)).toBe(springForward);
    expect(clock.nextChange(springForward)).toBe(fallBack);
    expect(clock.nextChange(fallBack)).toBe(Number.POSITIVE_INFINITY);
  });

  test('knows local days and holidays', () => {
    const day = Date.UTC(2026, 11, 26) / 86_400_000;
    const clock = localClock({ ...berlinClock, holidays: [{ name: 'Boxing Day', day }] });
    expect(localDay(clock, Date.UTC(2026, 11, 25, 23, 30))).toBe(day);
    expect(localDay(utcClock, Date.UTC(2026, 11, 25, 23, 30))).toBe(day - 1);
    expect([day - 1, day].map(one => clock.holidayOn(one))).toEqual([undefined, 'Boxing Day']);
  });
});

test.each([
  { offsets: [berlinClock.offsets[1], berlinClock.offsets[0]], says: /clock.offsets must ascend/ },
  { offsets: [{ from: 0, offsetMs: Number.NaN }], says: /clock.offsets must be within two days of UTC, got NaN ms/ },
])('a clock is refused: $says', ({ offsets, says }) => {
  const clock = { timeZone: 'X', offsets: offsets.flatMap(offset => offset ?? []) };
  expect(() => checkClock(clock)).toThrow(says);
});

test('a holiday that is no day is refused by its name', () => {
  const clock = { timeZone: 'X', offsets: [], holidays: [{ name: 'Easter', day: 20_600.5 }] };
  expect(() => checkClock(clock)).toThrow(/holiday Easter must have a whole number of days/);
});
