import { describe, expect, test } from 'vitest';
import { squeezeMatches } from './squeeze-matches.ts';

const minute = 60_000;
const start = Date.parse('1998-06-10T00:00:00Z');
/** Rises by one request per second each minute. */
const minutes = { start, counts: Array.from({ length: 1440 }, (_, i) => i * 60) };
const kickOff = start + 720 * minute;
const squeeze = { minutesBefore: 30, minutesAfter: 180, ratio: 20 };
const rateAt = squeezeMatches(minutes, [kickOff], squeeze);

describe('a match window of 210 minutes becomes 10.5', () => {
  test.each([
    ['long before, nothing changes', -60, 660],
    ['after the window, nothing changes', 200, 920],
    ['where the window was, its left edge stays', -10, 692],
    ['1.5 minutes before the kick-off the window begins', -1.5, 692],
    ['the kick-off stays where it is', 0, 722],
    ['6 minutes later it is as 2 hours later', 6, 842],
    ['after 9 minutes its right edge stays', 9, 897],
    ['until the original window is over', 179, 897],
  ])('%s', (_, minutesFromKickOff, expected) => {
    const rate = rateAt(kickOff + minutesFromKickOff * minute, 15);
    expect(rate).toBeCloseTo(expected, 6);
  });

  test('a step outside carries the mean of its own seconds', () => {
    expect(rateAt(start + 100 * minute + 30_000, 60)).toBeCloseTo(100.5, 6);
  });

  test('where windows overlap the later match has the say', () => {
    const two = squeezeMatches(minutes, [kickOff, kickOff + 180 * minute], squeeze);
    expect(two(kickOff + 170 * minute, 15)).toBeCloseTo(872, 6);
  });

  test('beyond the counts there is nothing, not zero', () => {
    expect(rateAt(start + 1440 * minute, 15)).toBeNull();
    expect(rateAt(start - 15_000, 15)).toBeNull();
  });
});
