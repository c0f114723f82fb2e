import { describe, expect, test } from 'vitest';
import { clockOf } from '../../../forecasts/events/event-clock.ts';
import { meanInside } from '../../../forecasts/events/event-peak.ts';
import { spreadDrift } from '../../../forecasts/events/spread-drift.ts';

const hourMs = 3_600_000;
const clock = clockOf({ id: 'sale', start: 100 * hourMs, end: 102 * hourMs, features: {} }, 300_000);
/** Nothing before the start, a peak of 2 that falls to 1, and less after the end. */
const curve = clock.knots.map(knot => (knot < 0 ? 0 : knot < hourMs ? 2 : knot < 2 * hourMs ? 1 : 0.1));

describe('the spread of a drift over a curve', () => {
  test('is twice as large where the curve is, 0 before the start, and its mean inside the sale is the drift', () => {
    const drift = spreadDrift({ clock, curve, drift: 0.3, unit: 1 });
    const at = (ms: number) => drift[clock.knots.findIndex(knot => knot >= ms)] ?? Number.NaN;
    expect(at(-5 * 60_000)).toBe(0);
    expect(at(0.5 * hourMs)).toBeCloseTo(2 * at(1.5 * hourMs), 9);
    expect(at(2.2 * hourMs)).toBeLessThan(0.03);
    expect(meanInside(clock, drift)).toBeCloseTo(0.3, 9);
  });

  test('is at most twice the drift, and never against it', () => {
    const odd = clock.knots.map((_, i) => (i % 7 === 0 ? 40 : -1));
    for (const drift of [0.3, -0.3])
      for (const value of spreadDrift({ clock, curve: odd, drift, unit: 1 })) {
        expect(Math.abs(value)).toBeLessThanOrEqual(0.6);
        expect(value * drift).toBeGreaterThanOrEqual(0);
      }
  });

  test('is nothing along a curve of nothing', () =>
    expect(spreadDrift({ clock, curve: curve.map(() => 0), drift: 0.3, unit: 1 }).every(value => value === 0)).toBe(
      true,
    ));
});
