import { describe, expect, test } from 'vitest';
import { clockOf } from '../../../forecasts/events/event-clock.ts';
import type { Uplift } from '../../../forecasts/events/uplift.ts';
import { upliftSpread } from '../../../forecasts/events/uplift-spread.ts';
import { hourMs, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const clock = clockOf({ id: 'sale', start: monday, end: monday + 2 * hourMs, features: {} }, minuteMs);
/** Index of a knot one hour into the sale. */
const inside = clock.knots.findIndex(knot => knot > hourMs);

describe('the spread before the start', () => {
  test('is the prior, e^±0.43 and 31 % more, without past sales', () =>
    expect(scaleOf({ past: 0 })).toBeCloseTo(0.43 * 1.31, 6));

  test('narrows with accurately forecast sales', () => {
    const scales = [0, 1, 3, 10, 30].map(past => scaleOf({ past, error: 0.1 }));
    expect(scales).toEqual(scales.toSorted((a, b) => b - a));
    expect(scales.at(-1)).toBeLessThan(0.2);
  });

  test('converges to the error of past sales', () => expect(scaleOf({ past: 2000, error: 0.7 })).toBeCloseTo(0.7, 2));

  test('gains degrees with every sale', () => {
    const degrees = [0, 1, 10].map(past => upliftSpread(uplift({ past })).degrees);
    expect(degrees[0]).toBe(3.5);
    expect(degrees[1]).toBe(4);
    expect(degrees[2]).toBeCloseTo(3.5 + 100 / 11);
  });

  test('is wider for each unseen property', () => {
    const [seen = 0, one = 0, two = 0] = [[], ['on a weekend'], ['on a weekend', 'as long']].map(unseen =>
      scaleOf({ past: 20, error: 0.1, unseen }),
    );
    expect(one).toBeGreaterThan(1.1 * seen);
    expect(two).toBeGreaterThan(1.1 * one);
  });

  test('is in the unit of a raw scale', () =>
    expect(scaleOf({ past: 3, error: 10, unit: 100 })).toBeCloseTo(100 * scaleOf({ past: 3, error: 0.1 }), 6));

  test('is not widened by an error an hour away', () => {
    const plain = uplift({ past: 3, error: 0.1 });
    const errors = plain.errors.map(error => error.map((value, i) => (i === inside + 60 ? 9 : value)));
    expect(upliftSpread({ ...plain, errors }).scale[inside]).toBeCloseTo(scaleOf({ past: 3, error: 0.1 }), 9);
  });

  test('is made up of its parts: their variances add up to its square', () => {
    const { scale, partsAt } = upliftSpread(uplift({ past: 4, error: 0.3, unseen: ['on a weekend'] }));
    const parts = partsAt(inside);
    const sum = Object.values(parts).reduce((all, variance) => all + variance, 0);
    expect(sum).toBeCloseTo((scale[inside] ?? 0) ** 2, 12);
    expect(parts.scatter).toBeGreaterThan(0);
    expect(parts.novelty).toBeGreaterThan(0);
    expect(upliftSpread(uplift({ past: 0 })).partsAt(inside).scatter).toBe(0);
  });
});

interface Told {
  readonly past: number;
  readonly error?: number;
  readonly unseen?: readonly string[];
  readonly unit?: number;
}

function scaleOf(told: Told): number {
  return upliftSpread(uplift(told)).scale[inside] ?? Number.NaN;
}

/** The spread learned from `past` sales, all with the same `error`. */
function uplift({ past, error = 0, unseen = [], unit = 1 }: Told): Uplift {
  return {
    clock,
    leadMs: hourMs,
    point: clock.knots.map(() => 0),
    pastUplifts: [],
    blend: { shares: new Float64Array(0), prior: 1, constant: 0 },
    prior: clock.knots.map(() => 0),
    drift: new Float64Array(clock.knots.length),
    errors: Array.from({ length: past }, () => clock.knots.map(() => error)),
    weights: new Float64Array(past).fill(1),
    unit,
    unseen,
    peaks: [],
    record: {
      meanErrors: Array.from({ length: past }, () => error / unit),
      weights: new Float64Array(past).fill(1),
      stepErrors: new Float64Array(past).fill(error / unit),
      alike: new Float64Array(past).fill(1),
      news: Array.from({ length: past }, () => ({ day: [], occasion: [], stated: [], counted: [], features: [] })),
      unseen: { day: [], occasion: unseen, stated: [], counted: [], features: [] },
    },
  };
}
