import { describe, expect, test } from 'vitest';
import { withoutAnchor } from '../../../../forecasts/events/blend/without-anchor.ts';

const size = 10;
/** Each event is forecast as the mean of the earlier ones. */
const earlier = {
  shares: Array.from({ length: size }, (_, k) => Float64Array.from({ length: size }, (__, j) => (j < k ? 1 / k : 0))),
  prior: new Float64Array(size),
};
const recency = new Float64Array(size).fill(1);
const anchor = Float64Array.from({ length: size }, (_, k) => (k % 2 === 0 ? 1 : -1));
const apart = Float64Array.from(anchor, (value, k) => {
  const before = anchor.subarray(0, k);
  return k === 0 ? 0 : value - before.reduce((sum, other) => sum + other, 0) / k;
});

describe('errors without what the last minutes tell', () => {
  test('vanish where the last minutes tell all of them', () => {
    const rest = withoutAnchor(apart, { earlier, recency, anchor });
    for (const error of rest) expect(Math.abs(error)).toBeLessThan(0.06);
  });

  test('are unchanged where the last minutes are unknown', () => {
    const errors = Float64Array.from({ length: size }, (_, k) => 0.1 * k);
    const unknown = new Float64Array(size).fill(Number.NaN);
    expect(withoutAnchor(errors, { earlier, recency, anchor: unknown })).toEqual(errors);
  });

  test('are left nearly as they are where the last minutes mislead', () => {
    const errors = apart.map(value => -value);
    const rest = withoutAnchor(errors, { earlier, recency, anchor });
    rest.forEach((error, k) => {
      expect(error).toBeCloseTo(errors[k] ?? Number.NaN, 9);
    });
  });
});
