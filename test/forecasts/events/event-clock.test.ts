import { describe, expect, test } from 'vitest';
import type { Event } from '../../../forecasts/event.ts';
import {
  clockOf,
  middleOfStep,
  reachAfterMs,
  reachBeforeMs,
  reachOf,
  readCurve,
  warpTime,
} from '../../../forecasts/events/event-clock.ts';
import { dayMs, hourMs, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const durations = [10 * minuteMs, 45 * minuteMs, 2 * hourMs, dayMs, 7 * dayMs];
const pairs = durations.flatMap(one => durations.map(other => [one, other] as const));

describe('the corresponding time of another event', () => {
  test.each(durations)('is the same for the same duration, %d ms', duration => {
    for (let since = -hourMs; since < duration + 2 * hourMs; since += duration / 7)
      expect(warpTime(since, lasting(duration), lasting(duration))).toBeCloseTo(since, 3);
  });

  test.each(pairs)('never runs backwards, from %d ms to %d ms', (one, other) => {
    let before = Number.NEGATIVE_INFINITY;
    for (let since = -hourMs; since < one + 2 * hourMs; since += one / 50) {
      const warped = warpTime(since, lasting(one), lasting(other));
      expect(warped).toBeGreaterThanOrEqual(before);
      before = warped;
    }
  });

  test.each(pairs)('takes start to start and end to end, from %d ms to %d ms', (one, other) => {
    expect(warpTime(0, lasting(one), lasting(other))).toBe(0);
    expect(warpTime(one, lasting(one), lasting(other))).toBe(other);
    expect(warpTime(one + hourMs, lasting(one), lasting(other))).toBe(other + hourMs);
  });

  test('keeps the pace of the first half hour', () =>
    expect(warpTime(20 * minuteMs, lasting(2 * hourMs), lasting(dayMs))).toBe(20 * minuteMs));
});

describe('the knots of a clock', () => {
  test.each(durations)('ascend from the beginning of the reach to its end, %d ms', duration => {
    const { knots } = clockOf(lasting(duration), minuteMs);
    expect(knots[0]).toBeGreaterThanOrEqual(-reachBeforeMs);
    expect(knots.at(-1)).toBeLessThanOrEqual(duration + reachAfterMs);
    expect(knots.every((knot, i) => i === 0 || knot > (knots[i - 1] ?? 0))).toBe(true);
    expect(knots.length).toBeLessThan(500);
  });

  test('a curve is linear between them and constant beyond', () => {
    const clock = { event: lasting(hourMs), knots: Float64Array.of(0, 10, 30) };
    const curve = Float64Array.of(1, 2, 4);
    expect([-5, 0, 5, 20, 30, 99].map(time => readCurve(clock, curve, time))).toEqual([1, 1, 1.5, 3, 4, 4]);
  });
});

test('the reach begins in full and fades over its last 45 minutes', () => {
  const event = lasting(hourMs);
  const at = (since: number) => reachOf(event, event.start + since, 1);
  expect(at(-reachBeforeMs - 1)).toBe(0);
  expect(at(-reachBeforeMs)).toBe(1);
  expect(at(hourMs + reachAfterMs - 22.5 * minuteMs)).toBeCloseTo(0.5);
  expect(at(hourMs + reachAfterMs)).toBe(0);
});

test('at daily steps, a sale affects only its own days', () => {
  const onDay = (day: number, from: number, to: number) =>
    reachOf(
      { ...lasting(0), start: monday + from * hourMs, end: monday + to * hourMs },
      monday + day * 24 * hourMs,
      24 * hourMs,
    );
  expect([-1, 0, 1].map(day => onDay(day, 0, 24))).toEqual([0, 1, 0]);
  expect([-1, 0, 1].map(day => onDay(day, 20, 23))).toEqual([0, 1, 0]);
  expect([-1, 0, 1, 2].map(day => onDay(day, 20, 30))).toEqual([0, 1, 1, 0]);
});

test('at daily steps, a sale is read in the middle of its overlap with the day', () => {
  const event = { ...lasting(4 * hourMs), start: monday + 18 * hourMs, end: monday + 22 * hourMs };
  expect(middleOfStep(event, monday, 24 * hourMs)).toBe(2 * hourMs);
  expect(middleOfStep(event, monday + 18 * hourMs, 5 * minuteMs)).toBe(2.5 * minuteMs);
});

function lasting(duration: number): Event {
  return { id: 'sale', start: monday, end: monday + duration, features: {} };
}
