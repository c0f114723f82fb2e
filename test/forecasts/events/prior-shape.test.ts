import { describe, expect, test } from 'vitest';
import { priorShape } from '../../../forecasts/events/prior-shape.ts';
import { dayMs, hourMs, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

describe.each([
  ['ten minutes', 10 * minuteMs],
  ['two hours', 2 * hourMs],
  ['seven days', 7 * dayMs],
])('the shape of a sale of %s', (_, duration) => {
  const event = { id: 'sale', start: monday, end: monday + duration, features: {} };
  const at = (minutes: number) => priorShape(event, monday + minutes * minuteMs);

  test('is 0 until a minute before the start', () => expect([at(-30), at(-1.5)]).toEqual([0, 0]));

  test('reaches its peak within three minutes', () => expect(at(3)).toBeGreaterThan(0.97));

  test('decays to 0.6 at least during the sale, and to 0 after the end', () => {
    const end = duration / minuteMs;
    expect(at(end - 0.01)).toBeGreaterThanOrEqual(0.6);
    expect(at(end + 8) / at(end)).toBeCloseTo(Math.exp(-1));
    expect(at(end + 120)).toBeLessThan(0.001);
  });

  test('never leaves 0 to 1', () => {
    for (let minute = -60; minute < duration / minuteMs + 180; minute += 7) {
      expect(at(minute)).toBeGreaterThanOrEqual(0);
      expect(at(minute)).toBeLessThanOrEqual(1);
    }
  });
});
